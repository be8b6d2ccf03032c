import { readPrincipalArn } from '../arn.ts';
import { membersOf, type RegistryDraft } from '../draft.ts';
import { partitionOf } from '../partitions.ts';
import { error, type Finding, type Path } from '../problem.ts';

interface Use {
  readonly path: Path;
  readonly account: string;
  readonly partition: string;
}

/** An account lives in one partition; two for one account mean that an ARN or a region is wrong. */
export function checkAccounts(draft: RegistryDraft): Finding[] {
  const partitionByAccount = new Map<string, string>();
  return [...databaseUses(draft), ...roleUses(draft), ...memberUses(draft)].flatMap((use) => {
    const known = partitionByAccount.get(use.account) ?? use.partition;
    partitionByAccount.set(use.account, known);
    return known === use.partition
      ? []
      : [error(use.path, `Elsewhere this account is in partition ${known}; correct one of them.`)];
  });
}

function databaseUses(draft: RegistryDraft): Use[] {
  return [...draft.databases].flatMap(([name, { account, region }]) => {
    const partition = partitionOf(region);
    return partition === undefined
      ? []
      : [{ path: ['databases', name, 'account'], account, partition }];
  });
}

function roleUses(draft: RegistryDraft): Use[] {
  return [...draft.teams].flatMap(([name, { roles }]) =>
    (roles ?? []).flatMap((text, index) => useOf(['teams', name, 'roles', index], text)),
  );
}

function memberUses(draft: RegistryDraft): Use[] {
  return membersOf(draft).flatMap(({ path, member }) => [
    ...useOf([...path, 'iamRole'], member.iamRole),
    ...useOf([...path, 'iamUser'], member.iamUser),
  ]);
}

function useOf(path: Path, text: string | undefined): Use[] {
  const arn = text === undefined ? undefined : readPrincipalArn(text);
  return arn === undefined ? [] : [{ path, account: arn.account, partition: arn.partition }];
}
