import { describe, expect, it } from 'vitest';
import { apiBody, routesOf, type Statement } from './api-body.ts';

type Parameters = Readonly<Record<string, string>>;

const policyOf = (parameters: Parameters = {}): Statement[] =>
  apiBody(parameters)['x-amazon-apigateway-policy'].Statement;

const named = (sid: string, parameters: Parameters): Statement | undefined =>
  policyOf(parameters).find(({ Sid }) => Sid === sid);

const resourcesOf = ({ Resource }: Statement): string[] => [Resource].flat();

/** Whether a statement's resources hold a route, `*` standing for any text as IAM has it. */
function covers(statement: Statement, method: string, path: string): boolean {
  const target = `execute-api:/api/${method}${path.replace('{bundle}', 'eu-west-1')}`;
  return resourcesOf(statement).some((pattern) =>
    new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(target),
  );
}

describe('the resource policy', () => {
  const routes = routesOf(apiBody().paths);

  it('lets everyone reach the routes for JWTs and the public ones, and no other', () => {
    const open = policyOf().filter(({ Condition }) => Condition === undefined);

    for (const { method, path, auth } of routes) {
      const isOpen = open.some((statement) => covers(statement, method, path));
      expect({ path, isOpen }).toEqual({ path, isOpen: auth !== 'iam' });
    }
  });

  it('opens the IAM routes to no other account unless told to', () => {
    expect(policyOf().map(({ Sid }) => Sid)).toEqual(['JwtAndPublicRoutes']);
  });

  it('opens the IAM routes to the accounts given, and to those alone', () => {
    const parameters = { CallerAccounts: '111122223333,444455556666' };

    const statement = named('IamRoutesForAccounts', parameters);

    expect(statement).toMatchObject({
      Effect: 'Allow',
      Condition: { StringEquals: { 'aws:PrincipalAccount': ['111122223333', '444455556666'] } },
    });
    expect(policyOf(parameters)).toHaveLength(2);
  });

  it('opens the IAM routes to the organization given', () => {
    const statement = named('IamRoutesForOrganization', { OrganizationId: 'o-exampleorg1' });

    expect(statement).toMatchObject({
      Effect: 'Allow',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } },
    });
  });

  it('reaches every IAM route, and only those, with what it opens to accounts', () => {
    const parameters = { CallerAccounts: '111122223333', OrganizationId: 'o-exampleorg1' };
    const conditional = policyOf(parameters).filter(({ Condition }) => Condition !== undefined);

    expect(conditional).toHaveLength(2);
    for (const statement of conditional) {
      for (const { method, path, auth } of routes) {
        expect({ path, covered: covers(statement, method, path) }).toEqual({
          path,
          covered: auth === 'iam',
        });
      }
    }
  });

  it('refuses a private API to everything but its endpoints, on every route', () => {
    const parameters = { EndpointType: 'PRIVATE', VpcEndpointIds: 'vpce-0a1b,vpce-0c2d' };

    const statement = named('OnlyThroughTheseEndpoints', parameters);

    expect(statement).toMatchObject({
      Effect: 'Deny',
      Resource: 'execute-api:/*',
      Condition: { StringNotEquals: { 'aws:SourceVpce': ['vpce-0a1b', 'vpce-0c2d'] } },
    });
  });
});
