import type { RegistryDraft } from '../draft.ts';
import { keyUrlProblem } from '../issuer-url.ts';
import { error, type Finding, type Path } from '../problem.ts';
import type { IssuerEntry } from '../schema.ts';

/** Keys come from one place, and only public ones may stand in a file that many can read. */
export function checkIssuerKeys(draft: RegistryDraft): Finding[] {
  return [...draft.issuers].flatMap(([name, issuer]) => {
    const path = ['issuers', name];
    return [...sourceFindings(path, issuer), ...inlineFindings([...path, 'jwks', 'keys'], issuer)];
  });
}

function sourceFindings(path: Path, { jwks, jwksUri }: IssuerEntry): Finding[] {
  const problem = jwksUri === undefined ? undefined : keyUrlProblem(jwksUri);
  return [
    ...(problem === undefined ? [] : [error([...path, 'jwksUri'], problem)]),
    ...(jwks === undefined || jwksUri === undefined
      ? []
      : [error([...path, 'jwksUri'], 'Give jwks or jwksUri, not both; remove one.')]),
  ];
}

/** RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1: private and symmetric parameters. */
const secretParameters = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

function inlineFindings(path: Path, { jwks }: IssuerEntry): Finding[] {
  return (jwks?.keys ?? []).flatMap((key, index) => {
    const at = [...path, index];
    if (secretParameters.some((parameter) => Object.hasOwn(key, parameter))) {
      return [
        error(
          at,
          'This key holds its secret part: replace the key at the issuer, and give the public part only.',
        ),
      ];
    }
    return ['RSA', 'EC', 'OKP'].includes(key.kty)
      ? []
      : [error([...at, 'kty'], 'A key here is RSA, EC or OKP (public); replace it.')];
  });
}
