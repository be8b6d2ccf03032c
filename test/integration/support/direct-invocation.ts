import { join } from 'node:path';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { functionEnvironment } from '../../../local/function-environment.ts';
import { localFunctions } from '../../../local/functions.ts';
import { yamlRegistry } from '../../../local/yaml-registry.ts';
import { aContext, anEvent, type EventParts } from '../../builders/events.ts';
import { aGatedStream } from './gated-stream.ts';
import type { TestStack } from './test-stack.ts';

/** The functions of a stack once more, for whoever calls them without the gateway in between. */
export function functionsBehind(stack: TestStack): ReturnType<typeof localFunctions> {
  const { credentials, roles, apiUrl, sts, directory, registryFile } = stack;
  const clock = (): Date => new Date();
  const places = { apiUrl, stsUrl: sts.url, caDirectory: join(directory, 'certificates') };
  const auditStream = aGatedStream();
  auditStream.open();
  return localFunctions(functionEnvironment({ credentials, roles, ...places }), {
    registry: yamlRegistry(registryFile, clock),
    clock,
    auditStream,
  });
}

/** Calls one of {@link functionsBehind} a stack with an event of the test's making. */
export function directly(
  stack: TestStack,
): (name: string, event: EventParts) => Promise<APIGatewayProxyResult> {
  const { functions } = functionsBehind(stack);
  return (name, event) => {
    const invoke = functions.get(name);
    if (invoke === undefined) throw new Error(`no function ${name}`);
    return invoke(anEvent(event), aContext());
  };
}
