import { setTimeout as pause } from 'node:timers/promises';
import { identifierIn, requestIdIn } from './actors.ts';
import { brief, type Seen } from './api-client.ts';
import type { Scenario } from './stage.ts';

/** A whole invocation, with an extension that takes its time. */
export const invocation: Scenario = async ({ extension, runtime, puppets, call }) => {
  const id = identifierIn(await extension.register('probe', '{"events":["INVOKE","SHUTDOWN"]}'));
  await puppets.started('runtime');
  const event = extension.next(id);
  const work = await runtime.next();
  const seen = await event;
  const requestId = requestIdIn(work);
  const whileRunning = {
    'invoke: event': brief(seen),
    'invoke: content type of the event': `${seen.headers['content-type']}`,
    'invoke: the event has an identifier': String(has(seen, 'lambda-extension-event-identifier')),
    'invoke: payload has a deadline': String(has(work, 'lambda-runtime-deadline-ms')),
    'register: after init': brief(await extension.register('late', '{"events":["INVOKE"]}')),
    'register: a known one after init': brief(await extension.register('probe', '{}')),
    'runtime init/error: after init': brief(await runtime.initError()),
    'response: unknown request': brief(await runtime.answer('unknown')),
    'runtime next: while it has an invocation': String(
      requestIdIn(await runtime.next()) === requestId,
    ),
    'response: first': brief(await runtime.answer(requestId)),
    'response: second': brief(await runtime.answer(requestId)),
  };
  void runtime.next().catch(() => undefined);
  const isAnswered = await Promise.race([call.then(() => true), pause(400, false)]);
  void extension.next(id).catch(() => undefined);
  return {
    ...whileRunning,
    'invoke: answered before the extension is done': String(isAnswered),
    'invoke: answer': brief(await call),
  };
};

function has(seen: Seen, header: string): boolean {
  return seen.headers[header] !== undefined;
}
