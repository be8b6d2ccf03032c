import { itemsOf } from '../../../adapters/dynamodb-items.ts';
import { editionOf, keyAttributes, textOf } from '../../../adapters/dynamodb-layout.ts';
import { parseFields } from '../../../clients/api-client/fields.ts';
import type { RegistryDocument } from '../../../core/registry/model.ts';
import type { Suspensions } from '../../../core/registry/store.ts';
import { startOfTest } from '../../builders/clock.ts';
import { editions } from '../world/editions.ts';

/** The edition that a document was published as: the same one whenever it is rolled back to. */
const editionName = ({ version }: RegistryDocument): string => editionOf(version, '0123456789ab');

/** Every item of every edition, as DynamoDB gives it back, by its key. */
const items = new Map(
  Object.values(editions).flatMap((document) =>
    [...itemsOf(document, editionName(document))].map(({ parts, body, ...key }) => {
      const counted = parts === undefined ? {} : { parts: { N: String(parts) } };
      return [textOf(key), { ...keyAttributes(key), body: { S: body }, ...counted }] as const;
    }),
  ),
);

/** The pointer as operators leave it. */
export function pointerItem(document: RegistryDocument, suspensions: Suspensions): unknown {
  const names = [...suspensions].map((name) => [name, { S: '' }] as const);
  return {
    current: { S: editionName(document) },
    revision: { N: '1' },
    movedAt: { S: startOfTest.toISOString() },
    suspensions: { M: Object.fromEntries(names) },
  };
}

/** The answer to a BatchGetItem of the table `registry`; in part, the rest is still to be asked for. */
export function recordItems(input: unknown, isPartial: boolean): unknown {
  const asked = parseFields(JSON.stringify(input)).object('RequestItems').object('registry');
  const keys = asked.objects('Keys').map((key) => ({
    pk: key.object('pk').text('S'),
    sk: key.object('sk').text('S'),
  }));
  const answered = isPartial ? keys.slice(1) : keys;
  return {
    Responses: { registry: answered.flatMap((key) => items.get(textOf(key)) ?? []) },
    UnprocessedKeys: isPartial ? { registry: { Keys: keys.slice(0, 1).map(keyAttributes) } } : {},
  };
}
