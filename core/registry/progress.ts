/** Is told how far a long piece of work has come, and decides what of it to show, and to whom. */
export interface Progress {
  /** Another part of the work begins, such as `checking what the files mean`. */
  step(text: string): void;
  /** So many of the part's things are done; `what` says which, such as `files read`. */
  count(done: number, all: number, what: string): void;
}

/** A progress that shows nothing, for work that nobody watches. */
export const noProgress: Progress = { step: () => undefined, count: () => undefined };
