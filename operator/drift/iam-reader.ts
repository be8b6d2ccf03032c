import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  NoSuchEntityException,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from '@aws-sdk/client-iam';
import type { FoundRole } from './account-reader.ts';

/** A role with its trust policy and all of its permissions; `undefined` where there is none of the name. */
export async function readRole(client: IAMClient, name: string): Promise<FoundRole | undefined> {
  try {
    const { Role: role } = await client.send(new GetRoleCommand({ RoleName: name }));
    return {
      arn: role?.Arn ?? '',
      trust: documentIn(role?.AssumeRolePolicyDocument),
      policies: [...(await managedPolicies(client, name)), ...(await inlinePolicies(client, name))],
      hasBoundary: role?.PermissionsBoundary !== undefined,
    };
  } catch (error) {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  }
}

async function managedPolicies(client: IAMClient, name: string): Promise<readonly unknown[]> {
  const documents: unknown[] = [];
  for await (const page of paginateListAttachedRolePolicies({ client }, { RoleName: name })) {
    for (const { PolicyArn } of page.AttachedPolicies ?? []) {
      const { Policy: policy } = await client.send(new GetPolicyCommand({ PolicyArn }));
      const version = { PolicyArn, VersionId: policy?.DefaultVersionId };
      const { PolicyVersion } = await client.send(new GetPolicyVersionCommand(version));
      documents.push(documentIn(PolicyVersion?.Document));
    }
  }
  return documents;
}

async function inlinePolicies(client: IAMClient, name: string): Promise<readonly unknown[]> {
  const documents: unknown[] = [];
  for await (const page of paginateListRolePolicies({ client }, { RoleName: name })) {
    for (const PolicyName of page.PolicyNames ?? []) {
      const policy = { RoleName: name, PolicyName };
      const { PolicyDocument } = await client.send(new GetRolePolicyCommand(policy));
      documents.push(documentIn(PolicyDocument));
    }
  }
  return documents;
}

/** IAM sends documents URL-encoded (IAM API Reference, "GetRole"). What cannot be read is compared as unreadable. */
function documentIn(text: string | undefined): unknown {
  try {
    return JSON.parse(decodeURIComponent(text ?? ''));
  } catch {
    return undefined;
  }
}
