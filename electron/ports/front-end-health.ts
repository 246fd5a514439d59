/** How far the pool has placed its users while the Front-End starts: LS User Services logs it as event 32174. */
export interface GroupPlacement {
  /** Routing groups that may not be placed yet. */
  readonly notPlaced: number;
  /** Null if the event does not say how many there are. */
  readonly groups: number | null;
}

/** The port to what shows that a Front-End takes registrations again. Nothing here rejects. */
export interface FrontEndHealth {
  /**
   * The newest placement that was logged.
   * @param since as ISO 8601 in UTC: older ones are of another start
   * @returns null if none was logged since, or the log cannot be read
   */
  readPlacement(since: string): Promise<GroupPlacement | null>;

  /** Whether a process listens on port 5061 (SIP over TLS); null if that cannot be read. */
  listens(): Promise<boolean | null>;

  /** How many endpoints are registered, as the service's own counter says; null if that is unknown. */
  countRegistered(): Promise<number | null>;
}
