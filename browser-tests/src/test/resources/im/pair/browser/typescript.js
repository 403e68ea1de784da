const OPTIONS = {
  strict: true,
  allowJs: true,
  checkJs: true,
  declaration: true,
  emitDeclarationOnly: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  types: [],
};

/** A compiler's file system, in memory: texts by their absolute names. */
function hostOf(texts, written) {
  return {
    fileExists: (name) => name in texts,
    readFile: (name) => texts[name],
    getSourceFile: (name, options) =>
      name in texts ? ts.createSourceFile(name, texts[name], options, true) : undefined,
    writeFile: (name, text) => {
      written[name] = text;
    },
    getCurrentDirectory: () => "/",
    getDefaultLibFileName: () => "/lib.d.ts",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
  };
}

/** The errors in some sources, as text, and the declarations that they make. */
function compile(sources, libraries) {
  const declarations = {};
  const host = hostOf({ ...sources, ...libraries }, declarations);
  const program = ts.createProgram(Object.keys(sources), OPTIONS, host);
  const emitted = program.emit();
  const errors = [...ts.getPreEmitDiagnostics(program), ...emitted.diagnostics];
  return [ts.formatDiagnostics(errors, host), declarations];
}

/** Of declarations what can be reached from the doors, which are names of files, and no member that is `@internal`. */
function publish(declarations, libraries, doors) {
  const program = ts.createProgram(Object.keys(declarations), OPTIONS, hostOf({ ...declarations, ...libraries }, {}));
  const checker = program.getTypeChecker();
  const reached = new Set();

  function reach(declaration) {
    const statement = ts.findAncestor(declaration, ({ parent }) => parent && ts.isSourceFile(parent));
    if (declaration.getSourceFile().fileName in declarations && statement && !reached.has(statement)) {
      reached.add(statement);
      visit(statement);
    }
  }
  function visit(node) {
    if (isInternal(node)) {
      return;
    }
    if (ts.isExportSpecifier(node)) {
      follow(checker.getExportSpecifierLocalTargetSymbol(node));
    } else if (ts.isIdentifier(node)) {
      follow(checker.getSymbolAtLocation(node));
    }
    ts.forEachChild(node, visit);
  }
  function follow(symbol) {
    if (symbol && symbol.flags & ts.SymbolFlags.Alias) {
      symbol.declarations.forEach((specifier) => reached.add(specifier));
      follow(checker.getAliasedSymbol(symbol));
    } else {
      symbol?.declarations?.forEach(reach);
    }
  }

  for (const door of doors) {
    program.getSourceFile(door).statements.filter(isExport).forEach(reach);
  }
  const published = {};
  for (const name of Object.keys(declarations)) {
    const { statements } = program.getSourceFile(name);
    if (statements.some((statement) => reached.has(statement))) {
      published[name] = statements.map((statement) => textOf(statement, reached)).join("");
    }
  }
  return published;
}

function isExport(statement) {
  return ts.isExportDeclaration(statement) || statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function isInternal(node) {
  return ts.getJSDocTags(node).some(({ tagName }) => tagName.text === "internal");
}

function textOf(statement, reached) {
  if (ts.isImportDeclaration(statement)) {
    const names = statement.importClause.namedBindings.elements.filter((specifier) => reached.has(specifier));
    const list = names.map((specifier) => specifier.getText()).join(", ");
    const keyword = statement.importClause.isTypeOnly ? "import type" : "import";
    return names.length > 0 ? `${keyword} { ${list} } from ${statement.moduleSpecifier.getText()};\n` : "";
  }
  // Without this mark what is not exported would be.
  const isMark = ts.isExportDeclaration(statement) && statement.exportClause.elements.length === 0;
  return isMark || reached.has(statement) ? `${documentation(statement)}${withoutInternals(statement)}\n` : "";
}

/** The comment of the statement itself; those before it are of types, and were copied to these. */
function documentation(statement) {
  const comment = statement.jsDoc?.at(-1);
  const isOfTypes = comment?.tags?.some((tag) => ts.isJSDocTypedefTag(tag) || ts.isJSDocImportTag(tag));
  return comment && !isOfTypes ? `${comment.getText()}\n` : "";
}

function withoutInternals(statement) {
  const file = statement.getSourceFile().text;
  let text = "";
  let from = statement.getStart();
  for (const member of (statement.members ?? []).filter(isInternal)) {
    text += file.slice(from, member.pos) + (ts.isConstructorDeclaration(member) ? "\n    private constructor();" : "");
    from = member.end;
  }
  return text + file.slice(from, statement.end);
}
