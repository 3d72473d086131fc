# A draft that nobody has run yet: no release exists to download, so it builds the checkout that it lies in
# (`brew install --HEAD`, from a tap that holds this file).
class AutoCommit < Formula
  desc "Keeps git checkouts committed and in step"
  head "file://#{File.expand_path("../..", __dir__)}", using: :git, branch: "main"
  license "MIT"

  depends_on "cli11" => :build
  depends_on "cmake" => :build
  depends_on "ninja" => :build
  depends_on "pkgconf" => :build
  depends_on "qttools" => :build
  depends_on "llhttp"
  depends_on "qtbase"
  depends_on "qtsvg"
  depends_on "re2"
  depends_on "spdlog"
  depends_on "tomlplusplus"

  def install
    system "cmake", "-S", ".", "-B", "build", "-G", "Ninja", "-DAC_BUILD_TESTS=OFF", *std_cmake_args
    system "cmake", "--build", "build"
    system "cmake", "--install", "build"
  end

  service do
    run [opt_bin/"commits", "start", "--foreground", "-R", "#{Dir.home}/code"]
    keep_alive successful_exit: false
    environment_variables PATH: std_service_path_env
    process_type :background
  end

  test do
    assert_match "pushed", shell_output("#{bin}/commits demo")
  end
end
