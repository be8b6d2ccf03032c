import { readFile, rm } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { identityOf } from '../../local/callers.ts';
import { subjects } from '../../local/organization.ts';
import { recordOutput } from '../builders/output.ts';
import { vend, vendAs } from './support/callers.ts';
import { aHeldStack } from './support/held-stack.ts';
import { outcomeOf } from './support/http.ts';
import { editRegistry, writeRegistry } from './support/registry-edits.ts';
import { lastRecord } from './support/test-stack.ts';

const { stack, clock } = await aHeldStack();
const good = await readFile(stack.registryFile, 'utf8');

beforeEach(async () => {
  await writeRegistry(stack, clock, good);
  await vendAs(stack, 'orders-pod');
});

/** What the process says while `act` runs. */
async function saidWhile(act: () => Promise<void>): Promise<string> {
  const output = recordOutput();
  await act().finally(() => output.stop());
  return output.text();
}

const podMember = `{ issuer: prod-cluster, subject: "${subjects.ordersPod}" }`;

describe('a registry that would check nothing', () => {
  it.each<readonly [string, string, string]>([
    ['an empty subject', podMember, '{ issuer: prod-cluster, subject: "" }'],
    ['a subject of nothing but a pattern', podMember, '{ issuer: prod-cluster, subject: "*" }'],
    ['no condition', podMember, '{ issuer: prod-cluster }'],
    ['an empty set of claims', podMember, '{ issuer: prod-cluster, claims: {} }'],
    ['an empty claim', podMember, '{ issuer: prod-cluster, claims: { sub: "" } }'],
    ['no audience', 'audiences: [https://tokens.example.com]', 'audiences: []'],
    ['an empty audience', 'audiences: [https://tokens.example.com]', 'audiences: [""]'],
    ['no issuer', podMember, `{ subject: "${subjects.ordersPod}" }`],
    ['a user of anyone', '{ members: [payments/api-pods] }', '{}'],
  ])('A10: is refused for %s, and changes nothing', async (_what, before, after) => {
    await editRegistry(stack, clock, [[before, after]]);

    const said = await saidWhile(async () => {
      expect(outcomeOf(await vendAs(stack, 'billing-pod'))).toBe('403 DENIED');
      expect(outcomeOf(await vendAs(stack, 'orders-pod'))).toBe('200');
    });

    expect(said).toContain('registry-file-broken');
  });
});

describe('a registry that goes bad while it is served', () => {
  it.each<readonly [string, string]>([
    ['is cut off', 'version: 1\nissuers:\n  prod-cluster:\n    url: http'],
    ['is emptied', ''],
    ['is no YAML', '\t{{'],
  ])(
    'A23: stays in force in its last good version when it %s, and says so once',
    async (_, text) => {
      const before = lastRecord(stack).registryVersion;
      await writeRegistry(stack, clock, text);

      const said = await saidWhile(async () => {
        expect(outcomeOf(await vendAs(stack, 'orders-pod'))).toBe('200');
        clock.advance(5);
        expect(outcomeOf(await vendAs(stack, 'orders-pod'))).toBe('200');
      });

      expect(said.split('registry-file-broken')).toHaveLength(2);
      expect(lastRecord(stack).registryVersion).toBe(before);
    },
  );

  it('A23: stays in force when its file is gone, which is not an empty registry', async () => {
    await rm(stack.registryFile);
    clock.advance(1);

    const said = await saidWhile(async () => {
      expect(outcomeOf(await vendAs(stack, 'orders-pod'))).toBe('200');
    });

    expect(said).toContain('registry-file-absent');
  });
});

describe('a registry that is changed while it is served', () => {
  it('A23: takes a grant away from the next request on, from one whose session is cached too', async () => {
    const jwt = await identityOf(stack, 'orders-pod');
    const granted = await vend(stack, jwt);
    await editRegistry(stack, clock, [['[payments/api-pods]', '[payments/deployment]']]);

    const revoked = await vend(stack, jwt);

    expect([granted, revoked].map(outcomeOf)).toEqual(['200', '403 DENIED']);
  });

  it("A23: takes a member away, whatever the gateway has kept of the authorizer's answer", async () => {
    const jwt = await identityOf(stack, 'orders-pod');
    const member = await vend(stack, jwt);
    await editRegistry(stack, clock, [[subjects.ordersPod, `${subjects.ordersPod}-2`]]);

    const stranger = await vend(stack, jwt);

    expect([member, stranger].map(outcomeOf)).toEqual(['200', '403 DENIED']);
    expect(lastRecord(stack).reason).toBe('no-team');
  });
});
