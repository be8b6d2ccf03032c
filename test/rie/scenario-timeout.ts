import { identifierIn } from './actors.ts';
import { brief, objectIn } from './api-client.ts';
import type { Scenario } from './stage.ts';

/** The runtime never answers. */
export const timeout: Scenario = async ({ subject, extension, runtime, puppets, call }) => {
  const id = identifierIn(await extension.register('probe', '{"events":["SHUTDOWN"]}'));
  await puppets.started('runtime');
  const event = extension.next(id);
  await runtime.next();
  const shutdown = await event;
  const leftMs = Number(objectIn(shutdown.body)?.deadlineMs) - Date.now();
  await puppets.exit('probe', 0);
  const answer = await call;
  const again = subject.invoke().catch(() => undefined);
  await puppets.started('probe', 2);
  const reborn = await extension.register('probe', '{"events":["SHUTDOWN"]}');
  void again;
  return {
    'timeout: event': brief(shutdown),
    'timeout: reason in the event': String(objectIn(shutdown.body)?.shutdownReason),
    'timeout: content type of the event': `${shutdown.headers['content-type']}`,
    'timeout: at most two seconds to end': String(leftMs > 500 && leftMs <= 2_000),
    'timeout: answer': brief(answer),
    'timeout: the next invocation starts everything anew': brief(reborn),
  };
};
