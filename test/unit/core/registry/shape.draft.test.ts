import { describe, expect, it } from 'vitest';
import { shapeRegistry } from '../../../../core/registry/shape.ts';
import {
  aRegistryValue,
  withDatabase,
  withMember,
  withTeam,
  withUser,
} from '../../../builders/registry-files.ts';

const draftWith = (changes: Parameters<typeof aRegistryValue>[0]) =>
  shapeRegistry(aRegistryValue(changes)).draft;

describe('the draft of a registry', () => {
  it('is all of it where nothing is wrong', () => {
    const { draft, findings } = shapeRegistry(aRegistryValue());

    expect(findings).toEqual([]);
    expect([...(draft?.issuers.keys() ?? [])]).toEqual(['cluster', 'github']);
    expect([...(draft?.teams.get('payments')?.members.keys() ?? [])]).toEqual([
      'api',
      'deploy',
      'nightly',
    ]);
    expect([...(draft?.databases.get('orders')?.users.keys() ?? [])]).toEqual(['orders_app']);
    expect(draft?.unreadable).toEqual(new Set());
  });

  it.each([
    ['db-A', ['db-A']],
    [
      ['db-A', 'db-B'],
      ['db-A', 'db-B'],
    ],
  ])('lists the resource ids %j', (resourceId, resourceIds) => {
    const draft = draftWith(withDatabase({ resourceId }));

    expect(draft?.databases.get('orders')?.resourceIds).toEqual(resourceIds);
  });

  it('is none where there is nothing at all, of which one thing is to be said', () => {
    expect(shapeRegistry({})).toEqual({
      findings: [
        {
          severity: 'error',
          path: [],
          message: 'The file is empty; a registry begins with version: 1.',
        },
      ],
      draft: undefined,
    });
  });

  it('may be empty', () => {
    const { draft, findings } = shapeRegistry({ version: 1 });

    expect(findings).toEqual([]);
    expect(draft).toEqual({
      issuers: new Map(),
      teams: new Map(),
      databases: new Map(),
      unreadable: new Set(),
    });
  });

  it.each([
    ['issuers', 5],
    ['issuers', null],
    ['teams', ['payments']],
    ['databases', 'orders'],
  ])('is none where the section %s is %j', (section, value) => {
    const { draft, findings } = shapeRegistry(aRegistryValue({ [section]: value }));

    expect(findings.map(({ path }) => path)).toEqual([[section]]);
    expect(draft).toBeUndefined();
  });

  it.each([
    ['of another version', { version: 2 }],
    ['with a section that is not known', { colours: {} }],
  ])('is whole in a registry %s', (_, changes) => {
    expect(draftWith(changes)).toEqual(draftWith({}));
  });

  it('is without an entry that lacks what it needs, and holds those beside it', () => {
    const draft = draftWith({ databases: { added: { engine: 'mysql', users: {} } } });

    expect([...(draft?.databases.keys() ?? [])]).toEqual(['orders']);
    expect(draft?.unreadable).toEqual(new Set(['databases/added']));
  });

  it('is without an entry whose name is none', () => {
    const draft = draftWith({ teams: { Payments: {} } });

    expect([...(draft?.teams.keys() ?? [])]).toEqual(['payments']);
  });

  it('is without a key that cannot be read, and holds the rest of its entry', () => {
    const draft = draftWith(withTeam({ owner: 5 }));

    expect(draft?.teams.get('payments')).not.toHaveProperty('owner');
    expect(draft?.teams.get('payments')).toMatchObject({ externalId: '3f1c7a52-payments' });
    expect(draft?.unreadable).toEqual(new Set(['teams/payments']));
  });

  it('is without the members of a team that are no map, and holds the team', () => {
    const draft = draftWith(withTeam({ members: 5 }));

    expect(draft?.teams.get('payments')?.members).toEqual(new Map());
    expect(draft?.unreadable).toEqual(new Set(['teams/payments']));
  });

  it.each([
    ['a member', withMember({ issuer: 5, subject: 'a' })],
    ['the claims of a member', withMember({ issuer: 'cluster', claims: { a: null } })],
  ])('holds the other members where %s cannot be read', (_, changes) => {
    const members = draftWith(changes)?.teams.get('payments')?.members;

    expect([...(members?.keys() ?? [])]).toEqual(['api', 'deploy', 'nightly']);
  });

  it('holds the other users where one cannot be read', () => {
    const draft = draftWith(withUser('u', { team: 'payments' }));

    expect([...(draft?.databases.get('orders')?.users.keys() ?? [])]).toEqual(['orders_app']);
    expect(draft?.unreadable).toEqual(new Set(['databases/orders']));
  });
});
