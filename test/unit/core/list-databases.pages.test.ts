import { describe, expect, it } from 'vitest';
import { type DatabasePage, listDatabases } from '../../../core/list-databases.ts';
import type { Database } from '../../../core/registry/model.ts';
import { aCaller } from '../../builders/callers.ts';
import { startOfTest } from '../../builders/clock.ts';
import { aListing } from '../../builders/ports.ts';
import { aDatabase, aGrant, aMember, aSlice, aUser } from '../../builders/registry.ts';

const here = { now: startOfTest, sourceIp: '203.0.113.7' };

const open = (name: string): Database => aDatabase({ name });

/** Granted to the caller, but not from where it is. */
const closed = (name: string, team = 'payments'): Database =>
  aDatabase({
    name,
    users: [aUser({ vendFromCidrs: ['10.0.0.0/8'], grants: [aGrant({ team })] })],
  });

/** One page, of a registry that may be another one each time. */
function pageOf(
  databases: readonly Database[],
  cursor: string | undefined,
  { limit = 1, slice = aSlice() } = {},
): Promise<DatabasePage> {
  const registry = { listing: async () => aListing(slice, databases) };
  return listDatabases(registry, aCaller(), { limit, cursor }, here);
}

/** Every page, until there is none, and the texts of the cursors between them. */
async function allPages(databases: readonly Database[], options = {}) {
  const [pages, cursors]: [string[][], string[]] = [[], []];
  let next: string | null | undefined;
  while (next !== null) {
    const page: DatabasePage = await pageOf(databases, next, options);
    pages.push(page.databases.map(({ name }) => name));
    next = page.next;
    if (next !== null) cursors.push(Buffer.from(next, 'base64url').toString());
  }
  return { pages, cursors };
}

describe('the pages of a listing', () => {
  const mixed = [closed('a'), open('b'), closed('c'), closed('merger-acme-2027'), open('x')];

  it.each([1, 2, 3, 4, 5])('hold each open database once, in pages of %d', async (limit) => {
    expect((await allPages(mixed, { limit })).pages.flat()).toEqual(['b', 'x']);
  });

  it('may be empty, and go on', async () => {
    expect((await allPages(mixed)).pages).toEqual([[], ['b'], [], [], ['x']]);
  });

  it('A14: are joined by cursors that name what was shown, and a place for anything else', async () => {
    const { cursors } = await allPages(mixed);

    expect(cursors).toEqual([
      expect.stringMatching(/^ 0 0 [0-9a-f]{16}$/),
      'b',
      expect.stringMatching(/^b 2 0 [0-9a-f]{16}$/),
      expect.stringMatching(/^b 3 0 [0-9a-f]{16}$/),
    ]);
  });

  it('go through the lists of all grantees', async () => {
    const slice = aSlice({ members: [aMember(), aMember({ team: 'ops', name: 'oncall' })] });
    const databases = [closed('a'), closed('b', 'ops'), closed('c'), open('d'), closed('e', 'ops')];

    const { pages, cursors } = await allPages(databases, { slice });

    expect(pages.flat()).toEqual(['d']);
    expect(cursors.map((text) => text.split(' ').slice(0, 3))).toEqual([
      ['', '0', '1'],
      ['', '0', '0'],
      ['', '1', '1'],
      ['d'],
    ]);
  });
});

describe('a registry that is published between two pages', () => {
  const before = [open('a'), closed('b'), closed('c'), open('d'), open('e')];
  const published = aSlice({ version: 'v8' });

  it.each<readonly [string, readonly Database[], readonly string[]]>([
    ['with less before the place', [open('a'), open('d'), open('e')], ['d', 'e']],
    ['with more before the place', [open('a'), open('aa'), ...before.slice(1)], ['aa', 'd', 'e']],
    ['with what was closed open', [open('a'), open('b'), open('c')], ['b', 'c']],
    ['without what was shown', before.slice(1), ['d', 'e']],
  ])('leaves nothing out and shows nothing twice: %s', async (_, after, expected) => {
    const { next } = await pageOf(before, undefined, { limit: 2 });

    const { databases } = await pageOf(after, next ?? '', { limit: 9, slice: published });

    expect(databases.map(({ name }) => name)).toEqual(expected);
  });

  it('is not confused with one of the same version for a caller of other teams', async () => {
    const { next } = await pageOf(before, undefined, { limit: 2 });
    const slice = aSlice({ members: [aMember({ name: 'other' })] });

    const { databases } = await pageOf(before.slice(2), next ?? '', { limit: 9, slice });

    expect(databases.map(({ name }) => name)).toEqual(['d', 'e']);
  });
});

describe('a cursor that somebody made up', () => {
  it.each([
    ['beyond the end of its list', 9, 0],
    ['in a list that there is not', 0, 9],
  ])('for a place %s goes on after what was shown', async (_, place, grantee) => {
    const databases = [open('a'), closed('b'), open('c')];
    const { next } = await pageOf(databases, undefined, { limit: 2 });
    const [shown, , , mark] = Buffer.from(next ?? '', 'base64url')
      .toString()
      .split(' ');
    const cursor = Buffer.from([shown, place, grantee, mark].join(' ')).toString('base64url');

    expect((await pageOf(databases, cursor, { limit: 9 })).databases).toMatchObject([
      { name: 'c' },
    ]);
  });
});
