package replay

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
)

// TestEveryMessageInTheSourceIsListed reads the pages' source: answers that are
// taken (kit.Answer[T]) and what is waited for (kit.Wait{Then: T{…}}) have to be
// listed, whether or not a test has come across them.
func TestEveryMessageInTheSourceIsListed(t *testing.T) {
	t.Parallel()
	reg, err := registry()
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, kind := range reg.Kinds() {
		listed[nameOf(reg.Type(kind))] = true
	}
	dirs, err := filepath.Glob("../*")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, dir := range dirs {
		page := filepath.Base(dir)
		if page == "kit" || page == "replay" || page == "uitest" {
			continue
		}
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range files {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			for _, name := range messagesIn(t, path, "jandon/ui/"+page) {
				if found++; !listed[name] {
					t.Errorf("%s: %s reaches a page and is not listed in messages.go", path, name)
				}
			}
		}
	}
	if found < 30 {
		t.Errorf("only %d messages found in the source", found)
	}
}

// nameOf writes a type as messagesIn does: an answer by what it holds.
func nameOf(of reflect.Type) string {
	if f, ok := of.FieldByName("Value"); ok && strings.HasPrefix(of.Name(), "Answer[") {
		return "answer " + typeName(f.Type)
	}
	return typeName(of)
}

func typeName(of reflect.Type) string {
	if of.Kind() == reflect.Slice && of.Name() == "" {
		return "[]" + typeName(of.Elem())
	}
	return of.PkgPath() + "." + of.Name()
}

func messagesIn(t *testing.T, path, pkg string) (names []string) {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), path, src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	imports := map[string]string{}
	for _, i := range file.Imports {
		to, _ := strconv.Unquote(i.Path.Value)
		name := filepath.Base(to)
		if i.Name != nil {
			name = i.Name.Name
		}
		imports[name] = to
	}
	var write func(ast.Expr) string
	write = func(e ast.Expr) string {
		switch e := e.(type) {
		case *ast.ArrayType:
			return "[]" + write(e.Elt)
		case *ast.SelectorExpr:
			if x, ok := e.X.(*ast.Ident); ok {
				return imports[x.Name] + "." + e.Sel.Name
			}
		case *ast.Ident:
			return pkg + "." + e.Name
		}
		return "?"
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			return n.Type.TypeParams == nil // of any T
		case *ast.IndexExpr:
			if write(n.X) == "jandon/ui/kit.Answer" {
				names = append(names, "answer "+write(n.Index))
			}
		case *ast.KeyValueExpr:
			if k, ok := n.Key.(*ast.Ident); ok && k.Name == "Then" {
				if lit, ok := n.Value.(*ast.CompositeLit); ok {
					names = append(names, write(lit.Type))
				}
			}
		}
		return true
	})
	return names
}
