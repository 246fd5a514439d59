import ts from 'typescript';

/** A file of the product. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** A sentence in English and in Chinese is one declaration: both files have the same name in the folders of their languages. */
const LANGUAGE_FOLDER = /\/languages?\/(en|zh-cn)(?=[/.])/;

/** @returns a line for each exported name that more than one file declares: `name: path path` */
export function findNamesDeclaredTwice(files: readonly SourceText[]): readonly string[] {
  const places = new Map<string, Map<string, string>>();
  for (const { path, text } of files) {
    for (const name of exportedNames(path, text)) {
      const paths = places.get(name) ?? new Map<string, string>();
      paths.set(path.replace(LANGUAGE_FOLDER, '/language'), path);
      places.set(name, paths);
    }
  }
  const twice = [...places].filter(([, paths]) => paths.size > 1);
  return twice.map(([name, paths]) => `${name}: ${[...paths.values()].join(' ')}`).sort();
}

export function parseSource({ path, text }: SourceText): ts.SourceFile {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
}

function exportedNames(path: string, text: string): readonly string[] {
  return parseSource({ path, text }).statements.flatMap(namesExportedBy);
}

function namesExportedBy(statement: ts.Statement): readonly string[] {
  if (ts.isExportDeclaration(statement)) {
    const list = statement.exportClause;
    return list !== undefined && ts.isNamedExports(list) ? list.elements.map((one) => one.name.text) : [];
  }
  const isExported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (isExported !== true) return [];
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.flatMap(({ name }) => namesBoundBy(name));
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return isNamed && statement.name !== undefined ? [statement.name.text] : [];
}

function namesBoundBy(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((one) => (ts.isBindingElement(one) ? namesBoundBy(one.name) : []));
}
