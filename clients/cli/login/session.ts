import { type fieldsOf, parseFields } from '../../api-client/fields.ts';

/** Which of a provider's tokens says who is asking: see docs/login.md. */
export type TokenKind = 'id' | 'access';

/** What a provider was asked for, to be asked for again when the identity is renewed. */
export interface Wish {
  readonly tokenKind: TokenKind;
  /** Separated by spaces (RFC 6749 section 3.3). */
  readonly scope: string;
  /** RFC 8707: what the access token is for. Absent where the provider is not to be told. */
  readonly resource?: string;
}

/** What signing in leaves behind. Holds secrets: it goes into one file, and nowhere else. */
export interface Session extends Wish {
  /** Where the identity may be sent, in the form of {@link boundUrls}. */
  readonly apiUrls: readonly string[];
  readonly issuer: string;
  readonly clientId: string;
  /** The audience that an access token has to be for. */
  readonly audience: string;
  /** A compact JWT. */
  readonly identity: string;
  readonly expiresAt: Date;
  readonly refreshToken?: string;
}

/** Of the file; another number is another program's. */
const version = 1;

/** A session as it stands in its file. */
export function sessionText(session: Session): string {
  return `${JSON.stringify({ version, ...session }, undefined, 2)}\n`;
}

/** The session in a file's text; `undefined` for anything that this version did not write. */
export function parseSession(text: string): Session | undefined {
  try {
    const fields = parseFields(text);
    fields.integer('version', version, version);
    return {
      apiUrls: fields.texts('apiUrls'),
      issuer: fields.text('issuer'),
      clientId: fields.text('clientId'),
      audience: fields.text('audience'),
      tokenKind: fields.oneOf('tokenKind', ['id', 'access']),
      scope: fields.text('scope'),
      identity: fields.text('identity'),
      expiresAt: new Date(fields.instant('expiresAt')),
      ...optional(fields, 'resource'),
      ...optional(fields, 'refreshToken'),
    };
  } catch {
    return undefined;
  }
}

function optional<Name extends string>(
  fields: ReturnType<typeof fieldsOf>,
  name: Name,
): { readonly [name in Name]?: string } {
  const found: { [name in Name]?: string } = {};
  if (fields.has(name)) found[name] = fields.text(name);
  return found;
}
