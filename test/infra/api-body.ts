import { z } from 'zod';
import { deploy, get } from './stack.ts';

const security = z.array(z.record(z.string(), z.array(z.string())));

const operation = z.looseObject({
  security,
  'x-amazon-apigateway-integration': z.strictObject({
    type: z.literal('aws_proxy'),
    httpMethod: z.literal('POST'),
    uri: z.string(),
  }),
});

const statement = z.strictObject({
  Sid: z.string(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.literal('*'),
  Action: z.literal('execute-api:Invoke'),
  Resource: z.union([z.string(), z.array(z.string())]),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
export type Statement = z.infer<typeof statement>;

const gatewayResponse = z.strictObject({
  statusCode: z.string(),
  responseParameters: z.record(z.string(), z.string()),
  responseTemplates: z.record(z.string(), z.string()),
});

const body = z.looseObject({
  openapi: z.literal('3.0.1'),
  info: z.object({ title: z.string(), version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({
    securitySchemes: z.record(z.string(), z.record(z.string(), z.unknown())),
  }),
  'x-amazon-apigateway-policy': z.object({
    Version: z.literal('2012-10-17'),
    Statement: z.array(statement),
  }),
  'x-amazon-apigateway-gateway-responses': z.record(z.string(), gatewayResponse),
});

/** What API Gateway is told, in a deployment with these parameters. */
export function apiBody(parameters: Readonly<Record<string, string>> = {}): z.infer<typeof body> {
  return body.parse(get(deploy(parameters), 'Api').Properties.DefinitionBody);
}

/** One route, in a form to compare: the method, the path, and the name of its security scheme. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly auth: string;
}

/** The routes of an OpenAPI document, `none` standing for those that need no identity. */
export function routesOf(
  paths: Readonly<Record<string, Readonly<Record<string, { security: z.infer<typeof security> }>>>>,
): Route[] {
  return Object.entries(paths)
    .flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { security: schemes }]) => ({
        method: method.toUpperCase(),
        path,
        auth: schemes.flatMap((scheme) => Object.keys(scheme)).join('+') || 'none',
      })),
    )
    .sort((a, b) => `${a.path} ${a.method}`.localeCompare(`${b.path} ${b.method}`));
}
