import { join } from 'node:path';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { functionEnvironment } from '../../../local/function-environment.ts';
import { localFunctions } from '../../../local/functions.ts';
import { yamlRegistry } from '../../../local/yaml-registry.ts';
import { aContext, anEvent, type EventParts } from '../../builders/events.ts';
import type { TestStack } from './test-stack.ts';

/** The functions of a stack, for whoever calls them without the gateway in between. */
export function directly(
  stack: TestStack,
): (name: string, event: EventParts) => Promise<APIGatewayProxyResult> {
  const { credentials, roles, apiUrl, sts, directory, registryFile } = stack;
  const clock = (): Date => new Date();
  const places = { apiUrl, stsUrl: sts.url, caDirectory: join(directory, 'certificates') };
  const { functions } = localFunctions(functionEnvironment({ credentials, roles, ...places }), {
    registry: yamlRegistry(registryFile, clock),
    clock,
    auditStream: acceptingStream,
  });
  return (name, event) => {
    const invoke = functions.get(name);
    if (invoke === undefined) throw new Error(`no function ${name}`);
    return invoke(anEvent(event), aContext());
  };
}

const acceptingStream: Pick<NodeJS.WritableStream, 'write'> = {
  write(_line: string | Uint8Array, ...rest: unknown[]) {
    const done = rest.at(-1);
    if (typeof done === 'function') done();
    return true;
  },
};
