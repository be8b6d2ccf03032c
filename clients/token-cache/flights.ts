import type { VendAnswer } from '../../core/vend-answer.ts';
import { asClientError, type ClientError } from '../api-client/client-error.ts';
import type { TokenRequest } from '../api-client/token-request.ts';
import type { Moment } from './passing-time.ts';

/** A call under way. It belongs to no caller: whoever gives up waiting leaves it to the others. */
export interface Flight {
  readonly request: TokenRequest;
  readonly fresh: boolean;
  readonly startedAt: Moment;
  /** Resolves when there is something new to decide upon; never rejects. */
  readonly settled: Promise<void>;
}

export type Landing = { readonly answer: VendAnswer } | { readonly error: ClientError };

export interface FlightDependencies {
  readonly vend: (
    request: TokenRequest,
    options: { readonly signal: AbortSignal },
  ) => Promise<VendAnswer>;
  readonly time: () => Moment;
  /** A call that is out for longer has slept through a freeze. */
  readonly longestCallMs: number;
  /** Told once for each call that was not abandoned, before its `settled` resolves. */
  readonly land: (key: string, flight: Flight, landing: Landing) => void;
}

export interface Flights {
  find(key: string): Flight | undefined;
  /** The caller sees to it that none is under way for `key`. */
  launch(key: string, request: TokenRequest): Flight;
  /** Aborts these calls and forgets them, whatever they may still bring. Gives their number. */
  abandon(which?: (flight: Flight) => boolean): number;
  isOverdue(flight: Flight): boolean;
}

/** Keeps at most one call for each key. */
export function createFlights(deps: FlightDependencies): Flights {
  const flying = new Map<string, { readonly flight: Flight; readonly abort: () => void }>();

  const isOverdue = ({ startedAt }: Flight): boolean =>
    deps.time().passedMs - startedAt.passedMs > deps.longestCallMs;

  const touchDown = (key: string, flight: Flight, landing: Landing): void => {
    if (flying.get(key)?.flight !== flight) return;
    flying.delete(key);
    // Neither its token nor its failure says anything about the time after the freeze.
    if (!isOverdue(flight)) deps.land(key, flight, landing);
  };

  return {
    find: (key) => flying.get(key)?.flight,
    isOverdue,
    launch(key, request) {
      const startedAt = deps.time();
      const controller = new AbortController();
      const { signal } = controller;
      const landed = deps.vend(request, { signal }).then(
        (answer) => touchDown(key, flight, { answer }),
        (error) => touchDown(key, flight, { error: asClientError(error, 'unreachable') }),
      );
      const settled = Promise.race([landed, whenAborted(signal)]);
      const flight: Flight = { request, fresh: request.fresh === true, startedAt, settled };
      flying.set(key, { flight, abort: () => controller.abort() });
      return flight;
    },
    abandon(which = () => true) {
      const lost = [...flying].filter(([, { flight }]) => which(flight));
      for (const [key, { abort }] of lost) {
        flying.delete(key);
        abort();
      }
      return lost.length;
    },
  };
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
