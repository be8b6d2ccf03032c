import { expect } from 'vitest';
import { parseDocument } from '../../core/registry/document.ts';
import { indexDocument } from '../../core/registry/index-document.ts';
import type { Database, Member, RegistryDocument } from '../../core/registry/model.ts';
import { planSession } from '../../core/session.ts';
import { aCaller } from '../builders/callers.ts';

/** What every compiled registry must be, whatever it was compiled from. */
export function expectSound(document: RegistryDocument): void {
  // JSON has no -0; nothing else may get lost on the way to the functions.
  expect(parseDocument(JSON.stringify(document))).toEqual(JSON.parse(JSON.stringify(document)));
  expect(Object.isFrozen(document) && Object.isFrozen(document.databases)).toBe(true);
  for (const { audiences, algorithms, url } of document.issuers) {
    // Plain http only where nothing leaves the machine.
    expect(url).toMatch(
      /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(?=[:/]|$))[^\s?#@\\]*$/,
    );
    expect(audiences.length).toBeGreaterThan(0);
    for (const audience of audiences) expect(audience).not.toBe('');
    for (const algorithm of algorithms) expect(algorithm).toMatch(/^(RS|PS|ES)\d{3}$|^EdDSA$/);
  }
  for (const member of document.members) expectConditions(member, document);
  for (const database of document.databases) expectDatabase(database, document);
  expect(indexDocument(document).issuers.size).toBe(document.issuers.length);
}

function expectConditions(member: Member, { issuers }: RegistryDocument): void {
  if (member.kind === 'iam') {
    expect(member.account).toMatch(/^\d{12}$/);
    expect(member.principalName).toMatch(/^[\w+=,.@-]{1,64}$/);
    return;
  }
  const { subject, claims, issuer } = member;
  expect(issuers.map(({ url }) => url)).toContain(issuer);
  const matches = [...(subject ? [subject] : []), ...claims.map(({ match }) => match)];
  expect(matches.length).toBeGreaterThan(0);
  for (const match of matches) {
    if ('prefix' in match) expect(match.prefix).toMatch(/[^*][:/]$|^[:/]$/);
    else expect(match.exact).not.toBe('');
    if ('exact' in match && typeof match.exact === 'string') expect(match.exact).not.toContain('*');
  }
}

function expectDatabase(database: Database, { members }: RegistryDocument): void {
  const { account, region, partition, resourceIds, host } = database;
  expect(host).toMatch(/^[a-z0-9.-]+$/);
  expect(host).toContain(region);
  for (const user of database.users) {
    expect(user.name).not.toMatch(/[*?${}/\s\p{Cc}]/u);
    const arns = resourceIds.map(
      (id) => `arn:${partition}:rds-db:${region}:${account}:dbuser:${id}/${user.name}`,
    );
    for (const grant of user.grants) {
      const { team, member = 'any' } = grant;
      const own = members.filter(
        (one) => one.team === team && (one.name === member || member === 'any'),
      );
      expect(grant.member === undefined || own.length > 0).toBe(true);
      expect(grant.roleArn.split(':')[4]).toBe(account);
      const allowed = { allowed: true, team, member, database, user, grant } as const;
      expect(JSON.parse(planSession(aCaller(), allowed).policy).Statement).toEqual([
        { Effect: 'Allow', Action: 'rds-db:connect', Resource: arns },
      ]);
    }
  }
}
