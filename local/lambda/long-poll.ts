import type { ApiAnswer } from './api-answer.ts';

/**
 * Where a caller of `next` and its event meet, whichever comes first. There is room for one of each:
 * a later caller or event takes the place of the earlier.
 */
export interface LongPoll {
  /** Resolves when there is an event; `render` decides only then what the caller gets. */
  wait(): Promise<ApiAnswer>;
  offer(render: () => ApiAnswer): void;
}

export function createLongPoll(): LongPoll {
  let caller: ((answer: ApiAnswer) => void) | undefined;
  let event: (() => ApiAnswer) | undefined;

  const meet = (): void => {
    if (caller === undefined || event === undefined) return;
    const [answer, render] = [caller, event];
    [caller, event] = [undefined, undefined];
    answer(render());
  };

  return {
    wait: () =>
      new Promise((resolve) => {
        caller = resolve;
        meet();
      }),
    offer(render) {
      event = render;
      meet();
    },
  };
}
