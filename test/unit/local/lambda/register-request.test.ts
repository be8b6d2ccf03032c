import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRegisterRequest } from '../../../../local/lambda/register-request.ts';

describe('the body of a registration', () => {
  it.each([
    ['{"events":["INVOKE","SHUTDOWN"]}', ['INVOKE', 'SHUTDOWN']],
    ['{}', []],
    ['null', []],
    ['{"events":null}', []],
    ['{"events":["FOO"],"configurationKeys":[]}', ['FOO']],
  ])('is read: %s', (body, expected) => {
    expect(parseRegisterRequest(body)).toEqual(expected);
  });

  it.each(['', '{', '[]', '"INVOKE"', '7', '{"events":"INVOKE"}', '{"events":[1]}'])(
    'is refused: %s',
    (body) => {
      expect(parseRegisterRequest(body)).toBeUndefined();
    },
  );

  it('is refused with the retired configurationKeys', () => {
    expect(parseRegisterRequest('{"events":[],"configurationKeys":["a"]}')).toBeUndefined();
  });

  it('gives back every list of events that was written', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (events) => {
        expect(parseRegisterRequest(JSON.stringify({ events }))).toEqual(events);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (body) => void parseRegisterRequest(body)));
  });
});
