import fc from 'fast-check';
import type { LocalRequest } from '../../layers/extension/local-api.ts';
import { anyCharacter } from '../builders/any-character.ts';
import { editedText } from './edits.ts';

/** What those who are let in send along. */
export const secret = 'planted-local-token';

const text = fc.string({ unit: anyCharacter, maxLength: 20 });

const headers = fc
  .tuple(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('127.0.0.1:2777', 'localhost:2777') },
      { weight: 1, arbitrary: fc.constantFrom('127.0.0.1', 'evil.example:2777', 'LOCALHOST:2777') },
      { weight: 1, arbitrary: text },
    ),
    fc.oneof(
      { weight: 6, arbitrary: fc.constant(secret) },
      { weight: 1, arbitrary: fc.constantFrom('', secret.slice(1), `${secret} `, undefined) },
      { weight: 1, arbitrary: text },
    ),
    fc.oneof(
      { weight: 4, arbitrary: fc.constant({}) },
      {
        weight: 1,
        arbitrary: fc.dictionary(
          fc.constantFrom(
            'origin',
            'referer',
            'via',
            'forwarded',
            'x-forwarded-for',
            'content-length',
          ),
          text,
        ),
      },
    ),
  )
  .map(([host, token, more]) => ({
    ...more,
    host,
    ...(token === undefined ? {} : { 'x-tokenvend-token': token }),
  }));

const targets = fc.oneof(
  editedText(
    fc.constantFrom(
      '/v1/tokens?database=orders&user=orders_app&team=payments&fresh=true',
      '/v1/tokens?database=orders&format=env&inlineCa=true',
      '/v1/ca/eu-west-1',
      '/health',
    ),
    fc.oneof(fc.constantFrom('&', '=', '%00', '%ff', '..', '/', '?', '#', '&user=x', '%'), text),
  ),
  fc.constantFrom('/v1/tokens?database=orders', '/v1/ca/eu-west-1', '/health', '', '*'),
  text,
);

const methods = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('GET', 'HEAD') },
  { weight: 1, arbitrary: fc.constantFrom('POST', 'get', 'OPTIONS', 'CONNECT', '') },
);

/** Requests to the extension's server: mostly of those who are let in. */
export const localRequests: fc.Arbitrary<LocalRequest> = fc.record({
  method: methods,
  target: targets,
  headers,
});
