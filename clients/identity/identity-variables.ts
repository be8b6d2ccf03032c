/**
 * Variables by which a process may say who it is: all of ours, and those of GitHub Actions. What is
 * started with a token must not find the means to ask for others.
 */
export function isIdentityVariable(name: string): boolean {
  return name.startsWith('TOKENVEND_') || name.startsWith('ACTIONS_ID_TOKEN_REQUEST_');
}

/**
 * Variables from which the AWS default chain takes credentials (AWS SDKs and Tools Reference Guide,
 * "Environment variables"). The identity where callers are AWS principals.
 */
export function isAwsIdentityVariable(name: string): boolean {
  return awsVariables.has(name) || name.startsWith('AWS_CONTAINER_');
}

const awsVariables: ReadonlySet<string> = new Set([
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_CONFIG_FILE',
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_ROLE_ARN',
  'AWS_ROLE_SESSION_NAME',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
]);
