import { type CollectionTag, isCollection, parse, type ScalarTag } from 'yaml';

/** Reads a template, with short forms such as `!Sub` written out as `{ "Fn::Sub": … }`. */
export function parseTemplate(text: string): unknown {
  return parse(text, { customTags: functions.flatMap(tagsOf), uniqueKeys: true });
}

const functions = [
  'Ref',
  'Condition',
  'Sub',
  'GetAtt',
  'Join',
  'Split',
  'Select',
  'If',
  'Equals',
  'And',
  'Or',
  'Not',
  'FindInMap',
];

function tagsOf(name: string): (ScalarTag | CollectionTag)[] {
  const tag = `!${name}`;
  const key = name === 'Ref' ? 'Ref' : `Fn::${name}`;
  return [
    { tag, resolve: (text) => ({ [key]: name === 'GetAtt' ? text.split('.') : text }) },
    {
      tag,
      collection: 'seq',
      resolve: (node) => ({ [key]: isCollection(node) ? node.toJSON() : node }),
    },
  ];
}
