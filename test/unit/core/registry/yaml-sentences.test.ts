import { describe, expect, it } from 'vitest';
import { sentenceOf } from '../../../../core/registry/yaml-sentences.ts';

describe('what to do about a fault', () => {
  it.each([
    ['ALIAS', 'Aliases', 'write the value out'],
    ['BAD_ALIAS', 'Aliases', 'write the value out'],
    ['ANCHOR', 'Anchors', 'write the value out'],
    ['MERGE', 'Merge keys', 'write the value out'],
    ['TAG', 'Tags', 'remove the tag'],
    ['DIRECTIVE', 'Directives', 'remove the line'],
    ['PROTO', '__proto__', 'use another name'],
    ['DUPLICATE_KEY', 'twice in the same map', 'remove one'],
    ['NON_STRING_KEY', 'A key', 'plain word'],
    ['MULTIPLE_DOCS', 'one document', 'its own file'],
    ['NOT_A_MAP', 'The file', 'a map with version'],
    ['TAB_AS_INDENT', 'spaces', 'instead of tabs'],
    ['BAD_INDENT', 'indentation', 'align this line'],
    ['RESOURCE_EXHAUSTION', 'The file', 'nested too deeply'],
    ['TOO_LONG', '50 MiB', 'split it'],
  ])('%s is a sentence on %s: %s', (code, subject, advice) => {
    const sentence = sentenceOf(code);

    expect(sentence).toMatch(/^[A-Z].+\.$/);
    expect(sentence).toContain(subject);
    expect(sentence).toContain(advice);
  });

  it('names the code of any other, so that it can be looked up', () => {
    expect(sentenceOf('MULTILINE_IMPLICIT_KEY')).toMatch(
      /not valid YAML \(MULTILINE_IMPLICIT_KEY\)/,
    );
  });
});
