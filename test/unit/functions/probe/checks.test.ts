import { describe, expect, it } from 'vitest';
import {
  type AskOutcome,
  type ProbeTarget,
  runChecks,
} from '../../../../functions/probe/checks.ts';
import { aClock } from '../../../builders/clock.ts';
import { bundlesOf, granted, onBoard, refused, someChecks } from './a-probe.ts';

describe('the checks of the probe', () => {
  it('ask for what must be given, and then for what must be refused', async () => {
    const asked: ProbeTarget[] = [];
    const ask = async (target: ProbeTarget): Promise<AskOutcome> => {
      asked.push(target);
      return 'vended';
    };

    const findings = await runChecks(someChecks({ ask }));

    expect(asked).toEqual([granted, refused]);
    expect(findings).toMatchObject({ allowed: 'vended', denied: 'vended' });
  });

  it('time the first request alone', async () => {
    const clock = aClock();
    const ask = async ({ user }: ProbeTarget): Promise<AskOutcome> => {
      clock.advance(user === granted.user ? 0.25 : 3);
      return 'vended';
    };

    expect((await runChecks(someChecks({ ask, clock }))).vendMs).toBe(250);
  });

  it('count the days to the first end of any root on board', async () => {
    // eu-west-1's RSA2048 root ends on 2061-05-25, Amazon Root CA 1 on 2038-01-17.
    const pems = { 'eu-west-1': onBoard('eu-west-1'), 'amazon-roots': onBoard('amazon-roots') };

    const both = await runChecks(someChecks({ caBundles: bundlesOf(pems) }));
    const one = await runChecks(someChecks());

    const untilAmazon = (Date.parse('2037-12-31') - Date.parse('2026-03-01')) / 86_400_000;
    expect(both.caDaysLeft).toBeGreaterThan(untilAmazon - 1);
    expect(both.caDaysLeft).toBeLessThan(untilAmazon + 40);
    expect(one.caDaysLeft).toBeGreaterThan(12_000);
  });

  it('go below zero once a root has expired', async () => {
    const clock = () => new Date('2130-01-01T00:00:00Z');

    expect((await runChecks(someChecks({ clock }))).caDaysLeft).toBeLessThan(0);
  });

  it.each([
    ['has no certificate in it', ''],
    ['is cut off', onBoard('eu-west-1').slice(0, 200)],
    ['is not a certificate', '-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n'],
  ])('take a bundle for expired that %s', async (_, pem) => {
    const caBundles = bundlesOf({ 'eu-west-1': onBoard('eu-west-1'), 'eu-west-2': pem });

    expect((await runChecks(someChecks({ caBundles }))).caDaysLeft).toBeLessThan(0);
  });

  it('take a bundle for expired whose file is not the one of the index', async () => {
    const caBundles = {
      names: () => ['eu-west-1'],
      find: () => {
        throw new Error('ca-bundle-missing');
      },
    };

    const findings = await runChecks(someChecks({ caBundles }));

    expect(findings.caDaysLeft).toBeLessThan(0);
    expect(findings.allowed).toBe('vended');
  });
});
