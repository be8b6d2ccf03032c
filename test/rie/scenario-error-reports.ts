import { identifierIn } from './actors.ts';
import { brief } from './api-client.ts';
import type { Puppets } from './puppets.ts';
import type { Scenario } from './stage.ts';

const invokeOnly = '{"events":["INVOKE"]}';

const initErrorWhenRegistered: Scenario = async ({ extension, puppets, call }) => {
  const { register, report, next } = extension;
  const id = identifierIn(await register('probe', invokeOnly));
  const rows = {
    'init/error: when registered': brief(await report('init', id, 'Extension.Odd')),
    'init/error: once more': brief(await report('init', id, 'Extension.Odd')),
    'next: after init/error': brief(await next(id)),
    'exit/error: after init/error': brief(await report('exit', id, 'Extension.Odd')),
  };
  await failTwice(puppets);
  return { ...rows, 'invoke: after init/error': brief(await call) };
};

/** A failed init is tried again within the invocation. */
async function failTwice(puppets: Puppets): Promise<void> {
  await puppets.exit('probe', 1);
  await puppets.started('probe', 2);
  await puppets.exit('probe', 1);
}

const exitErrorWhenRegistered: Scenario = async ({ extension, puppets, call }) => {
  const { register, report, next } = extension;
  const id = identifierIn(await register('probe', invokeOnly));
  const rows = {
    'exit/error: when registered': brief(await report('exit', id, 'Extension.Odd')),
    'exit/error: once more': brief(await report('exit', id, 'Extension.Odd')),
    'next: after exit/error': brief(await next(id)),
    'init/error: after exit/error': brief(await report('init', id, 'Extension.Odd')),
  };
  await failTwice(puppets);
  return { ...rows, 'invoke: after exit/error': brief(await call) };
};

const reportsWhenRunning: Scenario = async ({ extension, runtime, puppets, call }) => {
  const { register, report, next } = extension;
  const id = identifierIn(await register('probe', invokeOnly));
  await puppets.started('runtime');
  const event = next(id);
  await runtime.next();
  await event;
  const rows = {
    'init/error: when running': brief(await report('init', id, 'Extension.Odd')),
    'exit/error: when running': brief(await report('exit', id, 'Extension.Odd')),
  };
  await puppets.exit('probe', 1);
  return { ...rows, 'invoke: after exit/error when running': brief(await call) };
};

/** What an extension reports that it cannot go on, by the state that it is in. */
export const errorReports = {
  'init/error when registered': initErrorWhenRegistered,
  'exit/error when registered': exitErrorWhenRegistered,
  'reports when running': reportsWhenRunning,
} satisfies Record<string, Scenario>;
