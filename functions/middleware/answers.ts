import type { APIGatewayProxyResult } from 'aws-lambda';

/** A JSON answer that no cache may keep. */
export function jsonAnswer(body: unknown): APIGatewayProxyResult {
  return textAnswer(JSON.stringify(body), 'application/json');
}

/** An answer of any text type that no cache may keep. */
export function textAnswer(body: string, contentType: string): APIGatewayProxyResult {
  return {
    statusCode: 200,
    headers: { 'Content-Type': contentType, 'Cache-Control': 'no-store' },
    body,
  };
}
