import type { Vending } from './vending.ts';

/** A token is due for two minutes and more before it must not be handed out any longer. */
const everyMs = 30_000;

/** Renews what is due where no invocation says when: on managed instances, and outside Lambda. */
export function refreshRegularly(vending: Pick<Vending, 'refresh'>): void {
  setInterval(() => vending.refresh(), everyMs).unref();
}
