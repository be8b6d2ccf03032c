import type { Environment } from '../../clients/api-client/aws-credentials.ts';
import {
  type EventType,
  type ExtensionsApi,
  type Registration,
  RegistrationError,
} from './extensions-api.ts';

export interface Registered {
  readonly registration: Registration;
  /** Without, nobody tells of invocations, and nothing is ever frozen: tokens are renewed by a timer. */
  readonly hearsInvocations: boolean;
}

/** What environments are that run several invocations at once, and refuse to tell of single ones. */
const managedInstances = 'lambda-managed-instances';

/**
 * Registers for invocations and the shutdown, or for the latter alone where the former cannot be had: by
 * what the environment says it is, or by what Lambda answers.
 *
 * @throws RegistrationError
 */
export async function register(api: ExtensionsApi, env: Environment): Promise<Registered> {
  if (env.AWS_LAMBDA_INITIALIZATION_TYPE === managedInstances) return registered(api, ['SHUTDOWN']);
  try {
    return await registered(api, ['INVOKE', 'SHUTDOWN']);
  } catch (error) {
    if (!(error instanceof RegistrationError) || error.type !== 'Extension.InvalidEventType') {
      throw error;
    }
    return registered(api, ['SHUTDOWN']);
  }
}

async function registered(api: ExtensionsApi, events: readonly EventType[]): Promise<Registered> {
  const registration = await api.register(events);
  return { registration, hearsInvocations: events.includes('INVOKE') };
}
