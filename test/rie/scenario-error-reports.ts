import { identifierIn } from './actors.ts';
import { brief } from './api-client.ts';
import type { Puppets } from './puppets.ts';
import type { Scenario, Stage } from './stage.ts';

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
  const isAgain = await failInit(puppets, call);
  return {
    ...rows,
    'init: tried again after init/error': isAgain,
    'invoke: after init/error': brief(await call),
  };
};

/** Whether the extension was started once more within the invocation; if so, it fails again. */
async function failInit(puppets: Puppets, call: Stage['call']): Promise<'true' | 'false'> {
  await puppets.exit('probe', 1);
  const again = await Promise.race([
    puppets.started('probe', 2).then(() => 'true' as const),
    call.then(() => 'false' as const),
  ]);
  if (again === 'true') await puppets.exit('probe', 1);
  return again;
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
  const isAgain = await failInit(puppets, call);
  return {
    ...rows,
    'init: tried again after exit/error': isAgain,
    'invoke: after exit/error': brief(await call),
  };
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
