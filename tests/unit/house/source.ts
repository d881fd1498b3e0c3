/** Reads the project's own sources as trees: what a file imports, and which texts it holds. */
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'
import { ROOT } from '../../harness/paths.ts'

export interface Import {
  /** What stands in the import, e.g. `../model/index.ts` or `dexie`. */
  name: string
  /** The file that it leads to, from the root, where it is one of ours. */
  file?: string
  typeOnly: boolean
}

export interface Source {
  /** Path from the root, with `/`. */
  path: string
  imports: Import[]
  /** String literals, pieces of template strings and texts in JSX; import names are not among them. */
  texts: { text: string; line: number }[]
  /** Names of properties that are read or set, and of attributes in JSX. */
  properties: { name: string; line: number }[]
  /** Functions called by a plain name, also with `new`. */
  calls: { name: string; line: number }[]
}

/** All files under these folders, paths from the root; what was installed there is not ours. */
export const filesUnder = (...folders: string[]): string[] =>
  folders
    .flatMap(folder =>
      readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
    )
    .filter(path => !path.includes('node_modules/'))
    .toSorted()

const kindOf = (path: string): ts.ScriptKind => (path.endsWith('x') ? ts.ScriptKind.TSX : path.endsWith('.js') ? ts.ScriptKind.JS : ts.ScriptKind.TS)

/** Every name in the clause is a type, or the whole clause is. */
const onlyTypes = (node: ts.ImportDeclaration | ts.ExportDeclaration): boolean => {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly
  const clause = node.importClause
  if (!clause) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const names = clause.namedBindings
  return !clause.name && names !== undefined && ts.isNamedImports(names) && names.elements.length > 0 && names.elements.every(one => one.isTypeOnly)
}

/** @param path from the root @param code the file's text, read from the disk if absent */
export const parse = (path: string, code: string = readFileSync(join(ROOT, path), 'utf8')): Source => {
  const tree = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, kindOf(path))
  const source: Source = { path, imports: [], texts: [], properties: [], calls: [] }
  const lineOf = (node: ts.Node): number => tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1
  const imported = (name: string, typeOnly: boolean): void => {
    source.imports.push({ name, typeOnly, ...(name.startsWith('.') ? { file: join(dirname(path), name.replace(/\?raw$/, '')).replaceAll('\\', '/') } : {}) })
  }
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      imported(node.moduleSpecifier.text, onlyTypes(node))
      return
    }
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
      imported(node.argument.literal.text, true)
      return
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [first] = node.arguments
      imported(first && ts.isStringLiteralLike(first) ? first.text : '(not a plain text)', false)
      return
    }
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node) || ts.isJsxText(node)) {
      if (node.text.trim()) source.texts.push({ text: node.text, line: lineOf(node) })
    }
    if (ts.isPropertyAccessExpression(node)) source.properties.push({ name: node.name.text, line: lineOf(node) })
    if (ts.isJsxAttribute(node)) source.properties.push({ name: node.name.getText(tree), line: lineOf(node) })
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && ts.isIdentifier(node.expression)) {
      source.calls.push({ name: node.expression.text, line: lineOf(node) })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return source
}
