import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import type { TeamRole } from './team-roles.ts';

/**
 * A CloudFormation template (YAML) with the roles of one account. It needs `CAPABILITY_NAMED_IAM`:
 * the registry names the roles, and tokenvend may assume `tokenvend-*` only.
 */
export function roleTemplate(roles: readonly TeamRole[]): string {
  const resources = roles.flatMap((role) => resourcesOf(role, logicalId(role.name)));
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Roles through which tokenvend opens the databases of this account',
    Resources: Object.fromEntries(resources),
  };
  // CloudFormation's YAML is 1.1, where a bare 2012-10-17 is a date.
  return stringify(template, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
}

/** STS sessions of a chained role last an hour at most, which is also IAM's least maximum. Seconds. */
const maxSessionDuration = 3600;

function resourcesOf(role: TeamRole, id: string): [string, unknown][] {
  const properties = {
    RoleName: role.name,
    Description: `For ${role.teams.join(', ')} in tokenvend's registry`,
    MaxSessionDuration: maxSessionDuration,
    AssumeRolePolicyDocument: role.trust,
  };
  const policies = role.policies.map((document, at): [string, unknown] => [
    `${id}Policy${at + 1}`,
    {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { Roles: [{ Ref: id }], PolicyDocument: document },
    },
  ]);
  return [[id, { Type: 'AWS::IAM::Role', Properties: properties }], ...policies];
}

/** From the name, and not from the position: CloudFormation would rename roles when one is added. */
function logicalId(name: string): string {
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.replace(/[^A-Za-z0-9]/g, '')}${hash}`;
}
