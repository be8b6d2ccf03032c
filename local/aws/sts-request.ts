import { type Policy, parsePolicyText } from './iam-document.ts';
import { StsError } from './sts-error.ts';

/** A request in the AWS query protocol. */
export interface QueryRequest {
  readonly action: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** What `AssumeRole` was asked for, every member within STS's limits. */
export interface AssumeRoleRequest {
  readonly roleArn: string;
  readonly roleSessionName: string;
  readonly durationSeconds: number;
  readonly externalId?: string;
  readonly sourceIdentity?: string;
  readonly sessionPolicy?: Policy;
  /** Share of the packed policy limit that is used up, in percent; only with a session policy. */
  readonly packedPolicySize?: number;
}

/**
 * Reads a form body.
 *
 * @throws StsError `ValidationError` for a repeated parameter, `InvalidAction` for another API version.
 */
export function readQueryRequest(body: string): QueryRequest {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(body)) {
    if (parameters.has(name)) throw invalid(`${JSON.stringify(name)} is given twice`);
    parameters.set(name, value);
  }
  if (parameters.get('Version') !== '2011-06-15') {
    throw new StsError('InvalidAction', 'The Version must be 2011-06-15.');
  }
  return { action: parameters.get('Action') ?? '', parameters };
}

/**
 * Checks the parameters of `AssumeRole` (STS API Reference, "AssumeRole", request parameters).
 *
 * @throws StsError `ValidationError` for a parameter out of its limits or unknown here, session tags
 *   among them; `MalformedPolicyDocument` for a session policy that cannot be read.
 */
export function readAssumeRole(parameters: QueryRequest['parameters']): AssumeRoleRequest {
  for (const name of parameters.keys()) {
    if (!knownParameters.has(name)) throw invalid(`${JSON.stringify(name)} is not supported here`);
  }
  const externalId = optional(parameters, 'ExternalId');
  const sourceIdentity = optional(parameters, 'SourceIdentity');
  return {
    roleArn: required(parameters, 'RoleArn'),
    roleSessionName: required(parameters, 'RoleSessionName'),
    durationSeconds: durationOf(parameters.get('DurationSeconds') ?? '3600'),
    ...(externalId === undefined ? {} : { externalId }),
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
    ...policyOf(parameters.get('Policy')),
  };
}

const patterns = {
  RoleArn: /^(?=.{20,2048}$)arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
  RoleSessionName: /^[\w+=,.@-]{2,64}$/,
  ExternalId: /^[\w+=,.@:/-]{2,1224}$/,
  SourceIdentity: /^[\w+=,.@-]{2,64}$/,
} as const;

const knownParameters: ReadonlySet<string> = new Set([
  'Action',
  'Version',
  'DurationSeconds',
  'Policy',
  ...Object.keys(patterns),
]);

/** Characters of a session policy; stands in for the packed limit as well, whose packing AWS does not tell. */
const maxPolicyLength = 2048;

function required(
  parameters: QueryRequest['parameters'],
  name: 'RoleArn' | 'RoleSessionName',
): string {
  const value = optional(parameters, name);
  if (value === undefined) throw invalid(`${name} is missing`);
  return value;
}

function optional(
  parameters: QueryRequest['parameters'],
  name: keyof typeof patterns,
): string | undefined {
  const value = parameters.get(name);
  if (value !== undefined && !patterns[name].test(value)) throw invalid(`${name} is out of limits`);
  return value;
}

/** The upper limit depends on the role and on the caller, and is checked with them. */
function durationOf(text: string): number {
  if (!/^\d{1,6}$/.test(text) || Number(text) < 900) {
    throw invalid('DurationSeconds must be a whole number of at least 900');
  }
  return Number(text);
}

function policyOf(
  text: string | undefined,
): Pick<AssumeRoleRequest, 'sessionPolicy' | 'packedPolicySize'> {
  if (text === undefined) return {};
  if (text.length < 1 || text.length > maxPolicyLength) throw invalid('Policy is out of limits');
  const sessionPolicy = parsePolicyText(text, 'session');
  if (sessionPolicy === undefined) {
    throw new StsError('MalformedPolicyDocument', 'The session policy cannot be read.');
  }
  return { sessionPolicy, packedPolicySize: Math.ceil((text.length / maxPolicyLength) * 100) };
}

function invalid(what: string): StsError {
  return new StsError('ValidationError', `1 validation error detected: ${what}.`);
}
