import { membersOf, type PlacedMember, type RegistryDraft } from '../draft.ts';
import { error, type Finding } from '../problem.ts';
import { publicIssuerOf } from '../public-issuers.ts';
import type { IssuerEntry, MemberEntry } from '../schema.ts';

/** The claims of which every member must fix one exactly; none for an issuer of one's own without `pin`. */
export function pinsOf({ url, pin }: IssuerEntry): readonly string[] {
  return pin ?? publicIssuerOf(url)?.pins ?? [];
}

/** A17: at a public issuer a stranger can meet every condition but those on his tenant's own ids. */
export function checkPins(draft: RegistryDraft): Finding[] {
  return [
    ...[...draft.issuers].flatMap(([name, issuer]) => weakPins(name, issuer)),
    ...membersOf(draft).flatMap((placed) => unpinned(placed, draft)),
  ];
}

function weakPins(name: string, { url, pin }: IssuerEntry): Finding[] {
  const known = publicIssuerOf(url);
  if (known === undefined) return [];
  const strong = [...known.pins, ...known.widerPins];
  return (pin ?? []).flatMap((claim, index) =>
    strong.includes(claim)
      ? []
      : [
          error(
            ['issuers', name, 'pin', index],
            `Anybody at ${known.title} can hold this claim; pin ${strong.join(', ')}.`,
          ),
        ],
  );
}

function unpinned({ path, member }: PlacedMember, draft: RegistryDraft): Finding[] {
  const issuer = member.issuer === undefined ? undefined : draft.issuers.get(member.issuer);
  const isWhole = !draft.unreadable.has(`issuers/${member.issuer}`);
  const pins = issuer === undefined || !isWhole ? [] : pinsOf(issuer);
  if (pins.length === 0 || pins.some((claim) => isFixed(member, claim))) return [];
  return [
    error(path, `Fix ${pins.join(' or ')} to one exact value: the issuer serves others as well.`),
  ];
}

function isFixed({ subject, claims }: MemberEntry, claim: string): boolean {
  const value = claim === 'sub' ? subject : new Map(Object.entries(claims ?? {})).get(claim);
  return value !== undefined && !(typeof value === 'string' && value.endsWith('*'));
}
