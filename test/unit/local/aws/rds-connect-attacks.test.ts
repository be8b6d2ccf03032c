import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRdsToken, type RdsLogin } from '../../../../local/aws/rds-connect.ts';
import { aLocalAws, allow, region } from './a-local-aws.ts';
import { aLogin, aTeamSession, aToken } from './an-rds-login.ts';

/** A role that may open everything, so that IAM hides no mistake of the other checks. */
const anything = { teamPolicies: [allow('*', '*')] };

describe('A29: a token used for something else than it was made for', () => {
  it.each<[string, Partial<RdsLogin>, string]>([
    ['another host', { host: 'billing.c9akciq32abc.eu-west-1.rds.amazonaws.com' }, 'wrong-host'],
    ['a host that it starts with', { host: 'orders.c9akciq32abc' }, 'wrong-host'],
    ['another port', { port: 5433 }, 'wrong-port'],
    ['another user', { user: 'orders_admin' }, 'wrong-user'],
    ['the user in other letters', { user: 'Orders_App' }, 'wrong-user'],
    ['another region', { region: 'eu-west-2' }, 'wrong-region'],
  ])('is refused at %s', async (_, target, reason) => {
    const aws = aLocalAws(anything);
    const token = await aToken(aTeamSession(aws));

    expect(checkRdsToken(aLogin(aws, token, target))).toEqual({ ok: false, reason });
  });

  it.each([
    [
      'host',
      (token: string) => token.replace('orders.', 'billing.'),
      { host: 'billing.c9akciq32abc.eu-west-1.rds.amazonaws.com' },
    ],
    ['port', (token: string) => token.replace(':5432/', ':5433/'), { port: 5433 }],
    ['port with a leading zero', (token: string) => token.replace(':5432/', ':05432/'), {}],
    [
      'user',
      (token: string) => token.replace('DBUser=orders_app', 'DBUser=orders_admin'),
      { user: 'orders_admin' },
    ],
    [
      'region',
      (token: string) => token.replace('%2Feu-west-1%2F', '%2Feu-west-2%2F'),
      { region: 'eu-west-2' },
    ],
  ])('is refused when the %s is rewritten to fit', async (_, rewrite, target) => {
    const aws = aLocalAws(anything);
    const token = rewrite(await aToken(aTeamSession(aws)));

    expect(checkRdsToken(aLogin(aws, token, target))).toEqual({
      ok: false,
      reason: 'bad-signature',
    });
  });

  it('is refused when it was presigned for another service', async () => {
    const aws = aLocalAws(anything);
    const token = await aToken(aTeamSession(aws), { service: 'dsql' });
    const relabelled = token.replace('%2Fdsql%2F', '%2Frds-db%2F');

    expect(checkRdsToken(aLogin(aws, token))).toEqual({ ok: false, reason: 'malformed' });
    expect(checkRdsToken(aLogin(aws, relabelled))).toEqual({ ok: false, reason: 'bad-signature' });
  });
});

describe('a token with one character changed', () => {
  const printable = fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code));

  it('A29: is refused, whichever character it is', async () => {
    const aws = aLocalAws(anything);
    const token = await aToken(aTeamSession(aws));
    expect(checkRdsToken(aLogin(aws, token)).ok).toBe(true);

    fc.assert(
      fc.property(fc.nat(token.length - 1), printable, (at, replacement) => {
        fc.pre(token[at] !== replacement);
        const changed = token.slice(0, at) + replacement + token.slice(at + 1);

        expect(checkRdsToken(aLogin(aws, changed)).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('A29: is refused at every position where only the case changes', async () => {
    const aws = aLocalAws(anything);
    const token = await aToken(aTeamSession(aws));

    const accepted = Array.from(token, (character, at) => {
      const other =
        character === character.toLowerCase() ? character.toUpperCase() : character.toLowerCase();
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      return changed !== token && checkRdsToken(aLogin(aws, changed)).ok ? at : undefined;
    }).filter((at) => at !== undefined);

    expect(accepted).toEqual([]);
  });

  it('A29: is refused with a character more or less', async () => {
    const aws = aLocalAws(anything);
    const token = await aToken(aTeamSession(aws));

    fc.assert(
      fc.property(fc.nat(token.length - 1), printable, (at, extra) => {
        const shorter = token.slice(0, at) + token.slice(at + 1);
        const longer = token.slice(0, at) + extra + token.slice(at);

        expect(checkRdsToken(aLogin(aws, shorter)).ok).toBe(false);
        expect(checkRdsToken(aLogin(aws, longer)).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a token that is read in two ways', () => {
  it.each([
    ['a slash that is not encoded', (token: string) => token.replace('%2Frds-db', '/rds-db')],
    [
      'a letter that need not be encoded',
      (token: string) => token.replace('orders_app', '%6Frders_app'),
    ],
    [
      'a second query',
      (token: string) => `${token.replace('&DBUser=orders_app', '')}&DBUser=orders_app/?x`,
    ],
    ['a repeated parameter', (token: string) => `${token}&DBUser=orders_app`],
    ['an empty parameter', (token: string) => token.replace('&DBUser', '&&DBUser')],
    ['no slash before the query', (token: string) => token.replace('/?', '?')],
    ['its scheme still there', (token: string) => `https://${token}`],
    ['white space after it', (token: string) => `${token}\n`],
  ])('is malformed or somebody else’s: %s', async (_, rewrite) => {
    const aws = aLocalAws(anything);
    const token = await aToken(aTeamSession(aws));

    expect(checkRdsToken(aLogin(aws, rewrite(token))).ok).toBe(false);
  });

  it('keeps everything after a second /? part of the signed text', async () => {
    const aws = aLocalAws(anything);
    const token = await aToken(aTeamSession(aws));
    const cut = token.replace('&DBUser=orders_app', '');

    const decision = checkRdsToken(
      aLogin(aws, `${cut}&DBUser=orders_app/?x=1`, { user: 'orders_app/?x=1' }),
    );

    expect(decision).toEqual({ ok: false, reason: 'malformed' });
  });
});

describe('the key behind a token', () => {
  it('must have been issued here', async () => {
    const [aws, elsewhere] = [aLocalAws(anything), aLocalAws(anything)];
    const token = await aToken(aTeamSession(elsewhere));

    expect(checkRdsToken(aLogin(aws, token))).toEqual({ ok: false, reason: 'unknown-key' });
  });

  it('A15: must come with its own session’s token', async () => {
    const aws = aLocalAws(anything);
    const [mine, other] = [aTeamSession(aws), aTeamSession(aws)];
    const { sessionToken: _, ...bare } = mine;

    const swapped = await aToken({ ...mine, sessionToken: other.sessionToken });
    const without = await aToken({ ...bare, kind: 'user', policies: [] });

    for (const token of [swapped, without]) {
      expect(checkRdsToken(aLogin(aws, token))).toEqual({
        ok: false,
        reason: 'wrong-session-token',
      });
    }
  });

  it('must belong to the region it was signed for', async () => {
    const aws = aLocalAws(anything);
    const token = await aToken(aTeamSession(aws), { region: 'us-east-1' });

    expect(checkRdsToken(aLogin(aws, token, { region }))).toEqual({
      ok: false,
      reason: 'wrong-region',
    });
  });
});
