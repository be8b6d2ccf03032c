import { describe, expect, it } from 'vitest';
import type { Database, RegistryDocument } from '../../../../core/registry/model.ts';
import { plan } from '../../../../operator/plan/plan.ts';
import { aDatabase, aGrant, aMember, aUser } from '../../../builders/registry.ts';

/** 100,000 databases, each open to one of 100 teams of 50 members: five million pairs. */
const someDatabases = (): readonly Database[] =>
  Array.from({ length: 100_000 }, (_, at) =>
    aDatabase({
      name: `database-${at}`,
      resourceIds: [`db-${at}`],
      users: [aUser({ grants: [aGrant({ team: `team-${at % 100}` })] })],
    }),
  );

const membersOf = (team: number, count: number) =>
  Array.from({ length: count }, (_, at) =>
    aMember({ team: `team-${team}`, name: `m-${at}`, subject: { exact: `${team}:${at}` } }),
  );

function aHugeDocument(sizeOfFirstTeam: number): RegistryDocument {
  const members = Array.from({ length: 100 }, (_, team) =>
    membersOf(team, team === 0 ? sizeOfFirstTeam : 50),
  ).flat();
  return { version: `v${sizeOfFirstTeam}`, issuers: [], members, databases: someDatabases() };
}

describe('plan over 100,000 databases', () => {
  it('names what a new member reaches, without multiplying databases by members', () => {
    const before = aHugeDocument(50);
    const after = aHugeDocument(51);

    const { changes } = plan(before, after);

    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ kind: 'gained', rules: [expect.stringContaining('0:50')] });
    expect(changes[0]?.kind === 'gained' && changes[0].users.length).toBe(1000);
  }, 60_000);
});
