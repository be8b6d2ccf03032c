import { identifierIn, requestIdIn } from './actors.ts';
import { brief } from './api-client.ts';
import type { Scenario } from './stage.ts';

/** An extension that ends during an invocation, without having reported anything. */
function crash(code: number, when: 'before' | 'after'): Scenario {
  return async ({ extension, runtime, puppets, call }) => {
    const id = identifierIn(await extension.register('probe', '{"events":["INVOKE"]}'));
    await puppets.started('runtime');
    const event = extension.next(id);
    const work = await runtime.next();
    await event;
    if (when === 'after') {
      await runtime.answer(requestIdIn(work));
      void runtime.next().catch(() => undefined);
    }
    await puppets.exit('probe', code);
    return { [`exit ${code}: ${when} the function answered`]: brief(await call) };
  };
}

export const crashes = {
  'exit 0 before the answer': crash(0, 'before'),
  'exit 9 before the answer': crash(9, 'before'),
  'exit 0 after the answer': crash(0, 'after'),
  'exit 9 after the answer': crash(9, 'after'),
} satisfies Record<string, Scenario>;
