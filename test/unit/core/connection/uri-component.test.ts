import { describe, expect, it } from 'vitest';
import { uriComponent } from '../../../../core/connection/uri-component.ts';

describe('uriComponent', () => {
  it('encodes all but the unreserved characters, in upper case', () => {
    expect(uriComponent("a-z_0.9~!'()*/é ")).toBe('a-z_0.9~%21%27%28%29%2A%2F%C3%A9%20');
  });
});
