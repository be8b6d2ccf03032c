import type { Grant } from './model.ts';

/** Whom a grant admits, as the registry's files write it: `team`, or `team/member`. */
export function granteeOf({ team, member }: Pick<Grant, 'team' | 'member'>): string {
  return member === undefined ? team : `${team}/${member}`;
}
