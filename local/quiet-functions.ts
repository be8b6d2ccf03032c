/** Keeps the functions' log lines and metrics out of the terminal; audit records have their own file. */
export function quietFunctions(): void {
  process.env.POWERTOOLS_LOG_LEVEL ??= 'SILENT';
  process.env.POWERTOOLS_METRICS_DISABLED ??= 'true';
}
