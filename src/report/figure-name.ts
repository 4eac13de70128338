/**
 * A run's name as part of a file name: characters outside the run id alphabet become `_`, so that no name leaves the
 * report's folder.
 *
 * @param index the run's place in the study, which keeps altered names apart
 */
export function figureName(runId: string, index: number): string {
  const safe = runId.replace(/[^A-Za-z0-9._-]/g, '_').replace(/^\.+/, '_');
  return safe === runId && safe !== '' ? safe : `${safe}-${index}`;
}
