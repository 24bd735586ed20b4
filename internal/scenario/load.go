package scenario

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"jandon/internal/fault"
	"jandon/internal/safe"
	"jandon/testdata"
)

// File is a scenario that was read and found right.
type File struct {
	Name  string
	Say   map[string]string // one line about it, by language
	Own   string            // tells files of one's own apart by their content; "": built in
	given string            // its name in errors
	parts []txtar.File
	lines map[string]int // by part: that of its first line in the archive
	world *world

	disputed []disputed
}

// Person is who the scenario is about: the handle of their books.
func (f *File) Person() string { return string(f.world.Person) }

// Part is the content of another file of the archive, such as keys or frames.
func (f *File) Part(name string) ([]byte, bool) {
	for _, p := range f.parts {
		if p.Name == name {
			return p.Data, true
		}
	}
	return nil, false
}

// Wrong is the error of a line of another part, which only those who read it
// can judge: line counts from 1 within the part.
func (f *File) Wrong(part string, line int, word, near, detail string) error {
	return broken(f.given, max(f.lines[part], 1)+line-1, word, near, detail)
}

// Load reads a scenario that is built in. An unknown name is fault.UnknownScene.
func Load(name string) (*File, error) { return load(testdata.Scenarios, name, nil) }

// Names lists the names of the built-in scenarios in order.
func Names() []string { return names(testdata.Scenarios) }

// Parse reads a scenario from the content of a file; file is its name in
// errors. A base is looked up among the built-in scenarios.
func Parse(file string, content []byte) (*File, error) {
	return parse(testdata.Scenarios, file, content, nil)
}

// maxFile bounds what is read: a scenario is a page or two of text.
const maxFile = 1 << 20

const suffix = ".txtar"

func names(files fs.FS) []string {
	found, _ := fs.Glob(files, "scenarios/*"+suffix) // the pattern is well formed, so there is no error
	for i, name := range found {
		found[i] = strings.TrimSuffix(path.Base(name), suffix)
	}
	slices.Sort(found)
	return found
}

// load reads name; seen are the scenarios whose base it is.
func load(files fs.FS, name string, seen []string) (*File, error) {
	all := names(files)
	if !slices.Contains(all, name) {
		return nil, fault.New(fault.UnknownScene, "name", safe.Text(name), "near", fault.Nearest(name, all), "all", strings.Join(all, ", "))
	}
	content, err := fs.ReadFile(files, "scenarios/"+name+suffix)
	if err != nil {
		return nil, fault.Wrap(err, fault.BadScenario, "file", name+suffix, "line", "1", "detail", "the file can't be read")
	}
	return parse(files, name+suffix, content, append(slices.Clone(seen), name))
}

func parse(files fs.FS, file string, content []byte, seen []string) (*File, error) {
	if len(content) > maxFile {
		return nil, broken(file, 1, "", "", "the file is larger than 1 MiB")
	}
	for i, l := range bytes.Split(content, []byte("\n")) {
		if string(bytes.TrimSuffix(l, []byte("\r"))) == "-- --" { // txtar v1.16.0 panics on it
			return nil, broken(file, i+1, "", "", "the archive has a file without a name")
		}
	}
	archive := txtar.Parse(content)
	f := &File{Name: strings.TrimSuffix(path.Base(file), suffix), Say: make(map[string]string), lines: make(map[string]int), given: file}
	about, worldPart := part{}, part{}
	for _, p := range archive.Files {
		src := part{file: file, line: lineOf(content, p.Data), data: p.Data}
		switch {
		case p.Name == "scene.toml" && about.data == nil:
			about = src
		case p.Name == "world.toml" && worldPart.data == nil:
			worldPart = src
		case strings.HasSuffix(p.Name, ".toml"):
			return nil, broken(file, max(src.line-1, 1), p.Name, fault.Nearest(p.Name, []string{"scene.toml", "world.toml"}),
				"the archive holds one scene.toml and one world.toml, not "+safe.Text(p.Name))
		default:
			f.parts = append(f.parts, p)
			f.lines[p.Name] = src.line
		}
	}
	var s scene
	if err := about.decode("scene.toml", &s); err != nil {
		return nil, err
	}
	for _, lang := range []string{"en", "ko"} {
		if s.Say[lang] == "" {
			return nil, about.wrong("say", "scene.toml needs say = { en = \"…\", ko = \"…\" }")
		}
		f.Say[lang] = string(s.Say[lang])
	}
	if err := checkDisputes(s.Disputes, about); err != nil {
		return nil, err
	}
	f.disputed = s.Disputes
	switch {
	case s.Base == "":
		f.world = new(world)
		if err := worldPart.decode("world.toml", f.world); err != nil {
			return nil, err
		}
		return f, check(f.world, worldPart)
	case worldPart.data != nil:
		return nil, about.wrong("base", "a scene has a base or a world.toml, not both")
	case slices.Contains(seen, s.Base):
		return nil, about.wrong("base", "the bases form a circle: "+strings.Join(append(seen, s.Base), " → "))
	}
	base, err := load(files, s.Base, seen)
	if err != nil {
		if all := names(files); !slices.Contains(all, s.Base) {
			return nil, broken(file, about.find("base"), "base", fault.Nearest(s.Base, all), "there is no scenario "+quote(s.Base)+"; there are "+strings.Join(all, ", "))
		}
		return nil, err
	}
	f.world = base.world
	f.disputed = append(slices.Clip(base.disputed), f.disputed...)
	return f, nil
}

// lineOf is the number of the line of whole at which its part begins.
func lineOf(whole, part []byte) int {
	if len(part) == 0 {
		return 1
	}
	// txtar gives slices of what it parsed, except for a last line without an end.
	if at := bytes.Index(whole, bytes.TrimSuffix(part, []byte("\n"))); at >= 0 {
		return 1 + bytes.Count(whole[:at], []byte("\n"))
	}
	return 1
}
