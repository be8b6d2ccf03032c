import fc from 'fast-check';
import { expect, it } from 'vitest';
import { StsError } from '../../../../local/aws/sts-error.ts';
import { errorXml, escapeXml } from '../../../../local/aws/sts-xml.ts';

it('escapes text so that no markup is left and nothing is lost', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const escaped = escapeXml(text);

      expect(escaped).not.toMatch(/[<>"']/);
      expect(escaped.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))).toBe(
        text,
      );
    }),
  );
});

it('escapes what is an escape already', () => {
  expect(escapeXml('a&#60;b')).toBe('a&#38;#60;b');
});

it('writes an error in the shape of the query protocol', () => {
  const xml = errorXml(new StsError('AccessDenied', 'not <you>'), 'request-1');

  expect(xml).toBe(
    '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>' +
      '<Code>AccessDenied</Code><Message>not &#60;you&#62;</Message></Error>' +
      '<RequestId>request-1</RequestId></ErrorResponse>\n',
  );
});

it('blames itself for its own errors', () => {
  expect(errorXml(new StsError('InternalFailure', ''), 'r')).toContain('<Type>Receiver</Type>');
});
