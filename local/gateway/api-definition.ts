import { readFileSync } from 'node:fs';
import { type CollectionTag, parse, type ScalarTag } from 'yaml';
import { z } from 'zod';

/** How API Gateway establishes the caller of a route. */
export type RouteAuth = 'jwt' | 'iam' | 'none';

export interface Route {
  readonly method: string;
  /** As in the definition: `/v1/ca/{bundle}`. */
  readonly resource: string;
  readonly auth: RouteAuth;
  /** The folder under `functions/` of the function it invokes. */
  readonly function: string;
}

/** An answer that API Gateway gives by itself, such as UNAUTHORIZED or THROTTLED. */
export interface GatewayResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** With `$context.…` variables still in it. */
  readonly template: string;
}

export interface ApiDefinition {
  readonly routes: readonly Route[];
  readonly responses: ReadonlyMap<string, GatewayResponse>;
}

const operation = z.object({
  security: z.array(z.record(z.string(), z.unknown())).optional(),
  'x-amazon-apigateway-integration': z.object({ uri: z.object({ 'Fn::Sub': z.string() }) }),
});

/** `!FindInMap [map, key, field]`; the tag itself leaves a plain list. */
const mapReference = z.tuple([z.string(), z.string(), z.string()]);

const gatewayResponse = z.object({
  statusCode: mapReference,
  responseParameters: z.record(z.string(), z.string()),
  responseTemplates: z.object({ 'application/json': mapReference }),
});

const template = z.object({
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.string()))),
  Resources: z.object({
    Api: z.object({
      Properties: z.object({
        DefinitionBody: z.object({
          paths: z.record(z.string(), z.record(z.string(), z.unknown())),
          components: z.object({
            securitySchemes: z.record(
              z.string(),
              z.object({ 'x-amazon-apigateway-authtype': z.string() }),
            ),
          }),
          'x-amazon-apigateway-gateway-responses': z.record(z.string(), gatewayResponse),
        }),
      }),
    }),
  }),
});

/** Reads the API out of `template.yaml`, so that the local gateway serves what would be deployed. */
export function readApiDefinition(templateFile: string): ApiDefinition {
  const document: unknown = parse(readFileSync(templateFile, 'utf8'), { customTags: intrinsics });
  const { Mappings, Resources } = template.parse(document);
  const body = Resources.Api.Properties.DefinitionBody;
  const schemes = body.components.securitySchemes;
  const authOf = (name: string | undefined): RouteAuth => {
    if (name === undefined) return 'none';
    return schemes[name]?.['x-amazon-apigateway-authtype'] === 'awsSigv4' ? 'iam' : 'jwt';
  };
  const routes = Object.entries(body.paths).flatMap(([resource, methods]) =>
    Object.entries(methods).map(([method, value]) => {
      const { security = [], ...rest } = operation.parse(value);
      return {
        method: method.toUpperCase(),
        resource,
        auth: authOf(Object.keys(security[0] ?? {})[0]),
        function: functionIn(rest['x-amazon-apigateway-integration'].uri['Fn::Sub']),
      };
    }),
  );
  const responses = Object.entries(body['x-amazon-apigateway-gateway-responses']).map(
    ([type, one]) => [type, responseOf(one, Mappings)] as const,
  );
  return { routes, responses: new Map(responses) };
}

function functionIn(uri: string): string {
  const found = /-(\w+)\/invocations$/.exec(uri)?.[1];
  if (found === undefined) throw new Error(`no function name in the integration ${uri}`);
  return found;
}

type Mappings = z.infer<typeof template>['Mappings'];

function responseOf(one: z.infer<typeof gatewayResponse>, mappings: Mappings): GatewayResponse {
  const find = ([map, key, field]: z.infer<typeof mapReference>): string => {
    const value = mappings[map]?.[key]?.[field];
    if (value === undefined) throw new Error(`the template maps nothing to ${map}.${key}.${field}`);
    return value;
  };
  const prefix = 'gatewayresponse.header.';
  const headers = Object.entries(one.responseParameters)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.slice(prefix.length), value.replace(/^'|'$/g, '')]);
  return {
    status: Number(find(one.statusCode)),
    headers: Object.fromEntries(headers),
    template: find(one.responseTemplates['application/json']),
  };
}

/** CloudFormation's short forms, read as their long ones. */
const intrinsics: (ScalarTag | CollectionTag)[] = [
  { tag: '!Ref', resolve: (text: string) => ({ Ref: text }) },
  ...['Sub', 'GetAtt', 'ImportValue', 'Condition'].map((name) => ({
    tag: `!${name}`,
    resolve: (text: string) => ({ [`Fn::${name}`]: text }),
  })),
  ...['If', 'Equals', 'Not', 'And', 'Or', 'Join', 'Select', 'Split', 'Sub', 'FindInMap'].map(
    (name) => ({
      tag: `!${name}`,
      collection: 'seq' as const,
    }),
  ),
];
