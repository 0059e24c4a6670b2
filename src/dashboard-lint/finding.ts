/** Something that is wrong with a dashboard. */
export interface Finding {
  /** The id of the rule. */
  readonly rule: string;
  /** The id of the panel; undefined for what is about the whole dashboard. */
  readonly panel: number | undefined;
  /** As JSON is reached into: `panels[3].targets[0].expr`. */
  readonly path: string;
  /** Begins in lower case, names the fact. */
  readonly message: string;
  /** The way out. */
  readonly help: string;
}

/** What one rule found in a dashboard. */
export interface RuleResult {
  readonly rule: string;
  /** How many things it looked at, the exempt ones left out. */
  readonly looked: number;
  readonly findings: readonly Finding[];
  /** Why things were not looked at, each reason once, with how many there were. */
  readonly exempt: ReadonlyMap<string, number>;
}

/** What all rules found in a dashboard. */
export interface Inspection {
  /** Undefined where the JSON is no dashboard in the classic form: then the one finding says so. */
  readonly results: readonly RuleResult[] | undefined;
  readonly findings: readonly Finding[];
  readonly hasModel: boolean;
}
