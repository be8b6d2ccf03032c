import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applicationNameOf } from '../../../../core/connection/application-name.ts';
import { anyCharacter } from '../../../builders/any-character.ts';
import { hostileText } from './builders.ts';

const vendId = '01981f2e-7a4b-7c3d-8e5f-0123456789ab';

describe('applicationNameOf', () => {
  it('is the application and the vend', () => {
    expect(applicationNameOf({ applicationName: 'billing', vendId })).toBe(`billing tv:${vendId}`);
  });

  it('drops the spaces around the application', () => {
    expect(applicationNameOf({ applicationName: ' billing ', vendId })).toBe(
      `billing tv:${vendId}`,
    );
  });

  it('is the vend alone where the application has no name', () => {
    expect(applicationNameOf({ vendId })).toBe(`tv:${vendId}`);
    expect(applicationNameOf({ applicationName: '  ', vendId })).toBe(`tv:${vendId}`);
  });

  it('cuts the application, never the vend', () => {
    const name = applicationNameOf({
      applicationName: 'nightly-reconciliation-of-ledgers',
      vendId,
    });

    expect(name).toBe(`nightly-reconciliation- tv:${vendId}`);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63);
  });

  it('leaves no gap where the cut falls after a space', () => {
    const name = applicationNameOf({ applicationName: 'nightly reconciliation of', vendId });

    expect(name).toBe(`nightly reconciliation tv:${vendId}`);
  });

  it('writes one question mark for a character that PostgreSQL would write as several', () => {
    const name = applicationNameOf({ applicationName: 'café \u{1f512}', vendId });

    expect(name).toBe(`caf? ? tv:${vendId}`);
  });

  it('line injection: an id that is no id cannot bring a line break or more bytes into a session', () => {
    const name = applicationNameOf({ vendId: `x\nhost=evil.example.com ${'y'.repeat(100)}` });

    expect(name).toMatch(/^tv:x\?host=[ -~]+$/);
    expect(name).toHaveLength(63);
  });

  it('is at most 63 bytes of printable ASCII that end in the vend, whatever the application is called', () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, fc.string({ unit: anyCharacter })), (applicationName) => {
        const name = applicationNameOf({ applicationName, vendId });

        expect(name).toMatch(/^[ -~]{1,63}$/);
        expect(name.endsWith(`tv:${vendId}`)).toBe(true);
      }),
    );
  });
});
