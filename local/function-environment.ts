import type { CredentialStore } from './aws/credentials.ts';
import type { Role } from './aws/roles.ts';
import { region, roleArns } from './organization.ts';

/** The id of the local API, as it would stand in its host name. */
export const apiId = 'a1b2c3d4e5';

/** The `aud` that identities for the local stack carry. */
export const localAudience = 'https://tokens.example.com';

/** The role's credentials in a function live longer than any stack is left running. */
const credentialSeconds = 12 * 3600;

/** What Lambda would put into the environment: the template's variables, and the role's credentials. */
export function functionEnvironment(parts: {
  readonly credentials: CredentialStore;
  readonly roles: ReadonlyMap<string, Role>;
  readonly apiUrl: string;
  readonly stsUrl: string;
  readonly caDirectory: string;
}): Readonly<Record<string, string>> {
  const role = parts.roles.get(roleArns.vendor);
  if (role === undefined) throw new Error('the organization has no vendor role');
  const session = parts.credentials.issueSession({
    role,
    sessionName: 'tokenvend-tokens',
    durationSeconds: credentialSeconds,
  });
  return {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: session.accessKeyId,
    AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
    AWS_SESSION_TOKEN: session.sessionToken,
    AWS_ENDPOINT_URL_STS: parts.stsUrl,
    TOKENVEND_API_ID: apiId,
    TOKENVEND_AUDIENCE: localAudience,
    TOKENVEND_CERTIFICATES: parts.caDirectory,
    TOKENVEND_PUBLIC_URL: parts.apiUrl,
    TOKENVEND_REGISTRY_FILE: 'not read: the local stack follows a YAML file',
    TOKENVEND_VERSION: 'local',
  };
}
