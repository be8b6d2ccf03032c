import type { Context } from 'aws-lambda';

/** The Lambda context of one local invocation; nothing in it limits time. */
export function lambdaContext(functionName: string, requestId: string): Context {
  const arn = `arn:aws:lambda:eu-west-1:000000000000:function:tokenvend-${functionName}`;
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: false,
    functionName: `tokenvend-${functionName}`,
    functionVersion: '$LATEST',
    invokedFunctionArn: arn,
    logGroupName: `/aws/lambda/tokenvend-${functionName}`,
    logStreamName: 'local',
    memoryLimitInMB: '512',
    getRemainingTimeInMillis: () => 29_000,
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
