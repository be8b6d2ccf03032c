import type { Environment } from '../../clients/api-client/aws-credentials.ts';
import {
  type EventType,
  type ExtensionsApi,
  type Registration,
  RegistrationError,
} from './extensions-api.ts';

export interface Registered {
  readonly registration: Registration;
  /**
   * Whether Lambda will send an event for each invocation. If not, the environment is never frozen
   * either, and a timer renews the tokens.
   */
  readonly hearsInvocations: boolean;
}

/**
 * How `AWS_LAMBDA_INITIALIZATION_TYPE` names environments that run several invocations at once. They
 * send no event for single invocations.
 */
const managedInstances = 'lambda-managed-instances';

/**
 * Registers for invocations and the shutdown; for the shutdown alone where Lambda sends no events for
 * invocations. Either the environment says so beforehand, or Lambda refuses the first registration.
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
