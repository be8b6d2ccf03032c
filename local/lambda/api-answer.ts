/** What the emulated APIs answer. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ApiRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** One API's part of the address space. `undefined`: not mine. */
export type Api = (request: ApiRequest) => ApiAnswer | Promise<ApiAnswer> | undefined;

export function jsonAnswer(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): ApiAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(value),
  };
}

/** Every refusal of the Runtime and Extensions APIs has this body; nearly all have this status. */
export function refusal(errorType: string, errorMessage: string, status = 403): ApiAnswer {
  return jsonAnswer(status, { errorMessage, errorType });
}

export const accepted: ApiAnswer = jsonAnswer(202, { status: 'OK' });

/** Of both APIs' state machines: the call is known, and not allowed now. */
export function stateRefusal(
  errorType: 'Extension.InvalidExtensionState' | 'InvalidStateTransition',
  transition: { readonly of: string; readonly from: string; readonly to: string },
): ApiAnswer {
  const { of, from, to } = transition;
  return refusal(
    errorType,
    `State transition from ${from} to ${to} failed for ${of}. Error: State transition is not allowed`,
  );
}
