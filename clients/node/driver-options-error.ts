const sentences = {
  'field-refused': 'The connection field is set by tokenvend, or would undo what it sets.',
  'engine-mismatch': 'The database is of another engine than the driver.',
  'endpoint-changed':
    'The endpoint or the user has changed since these options were made: make them anew.',
  'not-encrypted':
    'The token was not sent: the connection is not the verified one it is meant for.',
} as const;

/** Why options for a driver were refused, or a token was withheld from one. Closed. */
export type DriverOptionsReason = keyof typeof sentences;

/** Connecting this way would be unsafe, or fail later with a message that names something else. */
export class DriverOptionsError extends Error {
  override readonly name = 'DriverOptionsError';
  readonly reason: DriverOptionsReason;
  /** The field that was refused. */
  readonly field: string | undefined;

  constructor(reason: DriverOptionsReason, field?: string) {
    super(field === undefined ? sentences[reason] : `${field}: ${sentences[reason]}`);
    this.reason = reason;
    this.field = field;
  }
}

/** @throws DriverOptionsError `field-refused` for the first of `refused` that is set. */
export function refuseFields(settings: object, refused: readonly string[]): void {
  const given = new Map<string, unknown>(Object.entries(settings));
  const field = refused.find((name) => given.get(name) !== undefined);
  if (field !== undefined) throw new DriverOptionsError('field-refused', field);
}
