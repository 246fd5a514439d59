import ts from 'typescript';

import { parseSource, type SourceText } from './declared-twice.js';

/** Called by React, by name. */
const CALLED_BY_LIBRARIES = new Set(['getDerivedStateFromError', 'componentDidCatch', 'setExecutable']);

/**
 * Members of interfaces and classes that no file reads. It goes by names, so a member is missed if another one is called the same and is
 * read. A string that is its name counts as reading, because tables of messages name their parameters in strings.
 * @returns a line for each: `name: path`
 */
export function findUnreadMembers(files: readonly SourceText[]): readonly string[] {
  const declared = new Map<string, string>();
  const read = new Set(CALLED_BY_LIBRARIES);
  for (const { path, text } of files) {
    const visit = (node: ts.Node): void => {
      const member = declaredMember(node);
      if (member !== null) declared.set(member, path);
      for (const name of namesRead(node)) read.add(name);
      ts.forEachChild(node, visit);
    };
    visit(parseSource({ path, text }));
  }
  return [...declared].flatMap(([name, path]) => (read.has(name) ? [] : [`${name}: ${path}`])).sort();
}

function declaredMember(node: ts.Node): string | null {
  const isMember =
    ts.isPropertySignature(node) ||
    ts.isMethodSignature(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isGetAccessor(node) ||
    (ts.isMethodDeclaration(node) && ts.isClassLike(node.parent));
  return isMember && (ts.isIdentifier(node.name) || ts.isPrivateIdentifier(node.name)) ? node.name.text : null;
}

function namesRead(node: ts.Node): readonly string[] {
  if (ts.isPropertyAccessExpression(node)) return [node.name.text];
  if (ts.isStringLiteral(node)) return [node.text.replace(/\?$/, '')];
  if (!ts.isBindingElement(node) || !ts.isObjectBindingPattern(node.parent)) return [];
  const name = node.propertyName ?? node.name;
  return ts.isIdentifier(name) ? [name.text] : [];
}
