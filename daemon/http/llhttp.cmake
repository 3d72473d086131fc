# Finds llhttp, Node's HTTP parser (MIT), and defines the target AutoCommit::Llhttp.
#   Homebrew "llhttp", Debian 13 "libllhttp-dev": a library with a CMake package or a pkg-config file.
#   Debian 12: only the generated C sources, in the package "node-llhttp"; they are compiled from where they lie.
if(TARGET AutoCommit::Llhttp)
    return()
endif()

add_library(ac_llhttp INTERFACE)
add_library(AutoCommit::Llhttp ALIAS ac_llhttp)

find_package(llhttp CONFIG QUIET)
foreach(candidate llhttp::llhttp_shared llhttp::llhttp_static llhttp::llhttp)
    if(TARGET ${candidate})
        target_link_libraries(ac_llhttp INTERFACE ${candidate})
        message(STATUS "llhttp: ${candidate}")
        return()
    endif()
endforeach()

find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
    pkg_check_modules(LLHTTP QUIET IMPORTED_TARGET libllhttp)
    if(LLHTTP_FOUND)
        target_link_libraries(ac_llhttp INTERFACE PkgConfig::LLHTTP)
        message(STATUS "llhttp: ${LLHTTP_VERSION} from pkg-config")
        return()
    endif()
endif()

find_path(AC_LLHTTP_SOURCES llhttp.c PATHS /usr/share/llhttp NO_DEFAULT_PATH)
find_path(AC_LLHTTP_HEADERS llhttp.h PATHS /usr/share/include/llhttp /usr/include/llhttp NO_DEFAULT_PATH)
if(NOT AC_LLHTTP_SOURCES OR NOT AC_LLHTTP_HEADERS)
    message(FATAL_ERROR "llhttp was not found: install libllhttp-dev, node-llhttp (Debian 12) or llhttp (Homebrew)")
endif()
enable_language(C)
add_library(ac_llhttp_sources STATIC
    ${AC_LLHTTP_SOURCES}/api.c ${AC_LLHTTP_SOURCES}/http.c ${AC_LLHTTP_SOURCES}/llhttp.c)
target_include_directories(ac_llhttp_sources SYSTEM PUBLIC ${AC_LLHTTP_HEADERS})
# Changes the layout of nothing, so that whoever includes the header need not know; without it 8.1 takes a lone LF.
target_compile_definitions(ac_llhttp_sources PUBLIC LLHTTP_STRICT_MODE=1)
set_target_properties(ac_llhttp_sources PROPERTIES AUTOMOC OFF AUTORCC OFF UNITY_BUILD OFF)
if(AC_SANITIZE)
    target_compile_options(ac_llhttp_sources PRIVATE -fsanitize=${AC_SANITIZE} -fno-sanitize-recover=all -O1)
endif()
target_link_libraries(ac_llhttp INTERFACE ac_llhttp_sources)
message(STATUS "llhttp: sources in ${AC_LLHTTP_SOURCES}")
